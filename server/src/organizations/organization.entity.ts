import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('organization')
@ObjectType({ simpleResolvers: true })
export class Organization {
  @PrimaryGeneratedColumn()
  @Field(() => ID)
  id: number;

  @Column({ type: 'varchar', length: 200 })
  @Field(() => String)
  name: string;

  @Column({ type: 'simple-json' })
  @Field(() => [String], {
    description: 'Optional parts of the product that are on, for example travel_rule.',
  })
  features: string[];

  @Column({ type: Boolean, default: false })
  @Field(() => Boolean, { description: 'Whether everybody must have a second factor.' })
  mfaRequired: boolean;

  /** Grows with whatever could take the last administrator away; see lockAdministration. */
  @Column({ type: 'int' })
  administrationVersion: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
