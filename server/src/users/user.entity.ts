import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Organization } from '../organizations/organization.entity';
import { Role } from '../roles/role.entity';
import { Node } from '../global-id/node.type';

/** Whose setting requires MFA of a user. */
export const MfaRequirement = { USER: 'USER', ROLE: 'ROLE', ORGANIZATION: 'ORGANIZATION' } as const;
export type MfaRequirement = keyof typeof MfaRequirement;
registerEnumType(MfaRequirement, {
  name: 'MfaRequirement',
  description: 'Whose setting requires two-factor authentication of a user.',
  valuesConfig: {
    USER: { description: "The user's own: see User.forceMfa." },
    ROLE: { description: "The role's: see Role.mfaRequired." },
    ORGANIZATION: { description: "The organization's: see Organization.mfaRequired." },
  },
});

@Entity('user')
@Index('uq_user_username', ['usernameKey'], { unique: true })
@Index('uq_user_external_id', ['organizationId', 'externalId'], { unique: true })
@Index('ix_user_organization', ['organizationId', 'id'])
@Index('ix_user_role', ['roleId', 'id'])
@Index('ix_user_first_name_key', ['organizationId', 'firstNameKey', 'id'])
@Index('ix_user_last_name_key', ['organizationId', 'lastNameKey', 'id'])
@Index('ix_user_username_sort_key', ['organizationId', 'usernameSortKey', 'id'])
@Index('ix_user_phone_key', ['organizationId', 'phoneKey', 'id'])
@Index('ix_user_enabled', ['organizationId', 'enabled', 'id'])
@Index('ix_user_mfa_enabled', ['organizationId', 'mfaEnabled', 'id'])
@Index('ix_user_created_at', ['organizationId', 'createdAt', 'id'])
@Index('ix_user_updated_at', ['organizationId', 'updatedAt', 'id'])
@Index('ix_user_last_sign_in_at', ['organizationId', 'lastSignInAt', 'id'])
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A person of the organization.' })
export class User implements Node {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  organizationId: number;

  @ManyToOne(() => Organization, { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'fk_user_organization' })
  organization: Relation<Organization>;

  @Column({ type: 'int' })
  roleId: number;

  @ManyToOne(() => Role, { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'fk_user_role' })
  @Field(() => Role, { description: 'The role that decides what the user may do.' })
  role: Relation<Role>;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: 'The first name, as given.' })
  firstName: string;

  @Column({ type: 'varchar', length: 191 })
  firstNameKey: string;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: 'The last name, as given.' })
  lastName: string;

  @Column({ type: 'varchar', length: 191 })
  lastNameKey: string;

  @Column({ type: 'varchar', length: 254 })
  @Field(() => String, {
    description: 'The email address that the user signs in with; unique over the whole service.',
  })
  username: string;

  @Column({ type: 'varchar', length: 254 })
  usernameKey: string;

  @Column({ type: 'varchar', length: 254 })
  usernameSortKey: string;

  @Column({ type: 'varchar', length: 191, nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'What another system knows the user by; unique in the organization. Null when none has been given.',
  })
  externalId: string | null;

  @Column({ type: 'varchar', length: 40, nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The phone number, as given; null when none has been given.',
  })
  phone: string | null;

  @Column({ type: 'varchar', length: 40 })
  phoneKey: string;

  @Column({ type: 'varchar', length: 640 })
  searchText: string;

  @Column({ type: Boolean })
  @Field(() => Boolean, { description: 'A disabled user can neither sign in nor use a session they had.' })
  enabled: boolean;

  @Column({ type: Boolean })
  @Field(() => Boolean, { description: 'Whether two-factor authentication is set up.' })
  mfaEnabled: boolean;

  @Column({ name: 'mfa_required', type: Boolean })
  @Field(() => Boolean, {
    description:
      'Whether this very user is required to use two-factor authentication, as createUser and updateUser set it.',
  })
  forceMfa: boolean;

  @Field(() => Boolean, {
    description: 'Whether two-factor authentication is required, by whatever mfaRequiredBy names.',
  })
  mfaRequired: boolean;

  @Field(() => [MfaRequirement], {
    description: 'What requires two-factor authentication; empty when it is left to the user.',
  })
  mfaRequiredBy: readonly MfaRequirement[];

  @Column({ name: 'password_reset_required', type: Boolean })
  @Field(() => Boolean, {
    description: 'Whether the next sign-in must set a new password, as createUser and updateUser set it.',
  })
  forcePasswordReset: boolean;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the user last signed in; null when they never have.',
  })
  lastSignInAt: Date | null;

  /** Grows when the sessions of the user are ended, which makes earlier unfinished sign-ins invalid. */
  @Column({ type: 'int', default: 0 })
  signInGeneration: number;

  @Column({ type: 'datetime', precision: 3 })
  @Field(() => GraphQLDateTime, { description: 'When the user was added.' })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  @Field(() => GraphQLDateTime, { description: 'When the user was last changed.' })
  updatedAt: Date;

  @Column({ type: 'int' })
  @Field(() => Int, { description: 'Grows by one with every change; hand it back as expectedVersion.' })
  version: number;
}
