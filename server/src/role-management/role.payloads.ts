import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Area, Permission } from '../access/permissions';
import { MutationPayload, UserError } from '../errors';
import { Role } from '../roles/role.entity';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class CreateRolePayload extends MutationPayload {
  @Field(() => Role, { nullable: true })
  readonly role?: Role;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class UpdateRolePayload extends MutationPayload {
  @Field(() => Role, { nullable: true })
  readonly role?: Role;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class DuplicateRolePayload extends MutationPayload {
  @Field(() => Role, { nullable: true })
  readonly role?: Role;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class DeleteRolePayload extends MutationPayload {
  @Field(() => ID, { nullable: true })
  readonly deletedRoleId?: string;

  @Field(() => Int, { nullable: true, description: 'How many users got the other role.' })
  readonly movedUsers?: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a change of the permissions of a role would do.' })
export class RoleChangePreview {
  @Field(() => [Permission])
  adds: Permission[];

  @Field(() => [Permission])
  removes: Permission[];

  @Field(() => [Area], { description: 'Areas that would open to the users of the role.' })
  opensAreas: Area[];

  @Field(() => [Area], { description: 'Areas that would close to them.' })
  closesAreas: Area[];

  @Field(() => Int, { description: 'How many users have the role, disabled ones included.' })
  userCount: number;

  @Field(() => Int, { description: 'How many enabled users would be left without any area.' })
  lockedOutUsers: number;

  @Field(() => Int, { description: 'How many enabled users could then still administer users and roles.' })
  administratorsLeft: number;

  @Field(() => [UserError], {
    description: 'Why updateRole would refuse the change; empty when it would not.',
  })
  userErrors: UserError[];
}
