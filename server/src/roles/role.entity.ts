import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { inCatalogueOrder, Permission } from '../access/permissions';
import { cutKey, searchKey } from '../validation/normalize';
import { Organization } from '../organizations/organization.entity';
import { Node } from '../global-id/node.type';

@Entity('role')
@Index('uq_role_name', ['organizationId', 'nameKey'], { unique: true })
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A named set of permissions; every user has one role.',
})
export class Role implements Node {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  organizationId: number;

  @ManyToOne(() => Organization, { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'fk_role_organization' })
  organization: Relation<Organization>;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: 'What the role is called, for people; unique in the organization.' })
  name: string;

  @Column({ type: 'varchar', length: 191 })
  nameKey: string;

  @Column({
    type: 'simple-json',
    // A newer version of the service may have written permissions that this one does not know.
    transformer: { to: (permissions: Permission[]) => permissions, from: inCatalogueOrder },
  })
  @Directive('@auth(requires: VIEW_USERS)')
  @Field(() => [Permission], {
    nullable: true,
    description: 'What the role allows, in the order of the catalogue.',
  })
  permissions: Permission[];

  @Column({ type: Boolean, default: false })
  @Field(() => Boolean, {
    description: 'Whether every user with this role must use two-factor authentication.',
  })
  mfaRequired: boolean;

  @Column({ type: 'int' })
  @Field(() => Int, { description: 'Grows by one with every change; hand it back as expectedVersion.' })
  version: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}

/** The columns of a role that follow from its name. */
export function roleNameColumns(name: string): Pick<Role, 'name' | 'nameKey'> {
  return { name, nameKey: cutKey(searchKey(name), 191) };
}
