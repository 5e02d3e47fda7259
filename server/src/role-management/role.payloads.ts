import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Area, Permission } from '../access/permissions';
import { MutationPayload, UserError } from '../errors';
import { Role } from '../roles/role.entity';

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of createRole.' })
export class CreateRolePayload extends MutationPayload {
  @Field(() => Role, { nullable: true, description: 'The new role; null when the mutation was refused.' })
  readonly role?: Role;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of updateRole.' })
export class UpdateRolePayload extends MutationPayload {
  @Field(() => Role, {
    nullable: true,
    description: 'The role after the change; null when the mutation was refused.',
  })
  readonly role?: Role;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of duplicateRole.',
})
export class DuplicateRolePayload extends MutationPayload {
  @Field(() => Role, { nullable: true, description: 'The copy; null when the mutation was refused.' })
  readonly role?: Role;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of deleteRole.' })
export class DeleteRolePayload extends MutationPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the deleted role, which no longer exists; null when the mutation was refused.',
  })
  readonly deletedRoleId?: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many users got the other role, disabled ones included; null when the mutation was refused.',
  })
  readonly movedUsers?: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a change of the permissions of a role would do.' })
export class RoleChangePreview {
  @Field(() => [Permission], {
    description: 'Permissions that the role would gain, in the order of the catalogue.',
  })
  adds: Permission[];

  @Field(() => [Permission], {
    description: 'Permissions that the role would lose, in the order of the catalogue.',
  })
  removes: Permission[];

  @Field(() => [Area], { description: 'Areas that would open to the users of the role.' })
  opensAreas: Area[];

  @Field(() => [Area], { description: 'Areas that would close to the users of the role.' })
  closesAreas: Area[];

  @Field(() => Int, { description: 'How many users have the role, disabled ones included.' })
  userCount: number;

  @Field(() => Int, { description: 'How many enabled users have an area now and would then have none.' })
  lockedOutUsers: number;

  @Field(() => Int, {
    description: 'How many enabled users of the organization could then still administer users and roles.',
  })
  administratorsLeft: number;

  @Field(() => [UserError], {
    description: 'Why updateRole would refuse the change; empty when it would not.',
  })
  userErrors: UserError[];
}
