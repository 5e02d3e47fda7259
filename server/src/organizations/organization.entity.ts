import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Feature, knownFeatures } from '../access/features';
import { Node } from '../global-id/node.type';

@Entity('organization')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A customer of the service: users, roles and settings belong to one organization each.',
})
export class Organization implements Node {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 200 })
  @Field(() => String, { description: 'What the organization is called, for people.' })
  name: string;

  @Column({
    type: 'simple-json',
    // A newer version of the service may have written features that this one does not know.
    transformer: { to: (features: Feature[]) => features, from: knownFeatures },
  })
  @Field(() => [Feature], { description: 'The optional parts of the product that are on.' })
  features: Feature[];

  @Column({ type: Boolean, default: false })
  @Field(() => Boolean, {
    description: 'Whether every user of the organization must use two-factor authentication.',
  })
  mfaRequired: boolean;

  @Column({ type: 'varchar', length: 2, nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'The country whose local phone numbers are understood, by its code of two letters (ISO 3166-1), for example ' +
      'DE; null: local numbers are kept as they are given.',
  })
  phoneCountry: string | null;

  /** Grows by one with every change that must not run beside another; see lockOrganization. */
  @Column({ type: 'int' })
  administrationVersion: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
