import { Field, ID, InputType, Int } from 'type-graphql';
import { Permission } from '../access/permissions';
import { IDEMPOTENCY_KEY } from '../idempotency/repeatable';
import { IfPresent, IsName, IsNotNull } from '../validation/input-rules';

const MAXIMUM_NAME = 100;

@InputType({ description: 'The role to add.' })
export class CreateRoleInput {
  @Field(() => String, {
    description: 'At most 100 characters. Unique in the organization; case and accents do not count.',
  })
  @IsName('Name', MAXIMUM_NAME)
  name: string;

  @Field(() => [Permission], { description: 'What the role allows; only permissions that the viewer has.' })
  permissions: Permission[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether every user with this role must use two-factor authentication.',
  })
  mfaRequired: boolean;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What to change about a role. Fields that are absent stay as they are; null is refused with ' +
    'REQUIRED.',
})
export class UpdateRoleInput {
  @Field(() => ID, { description: 'The id of the role to change.' })
  id: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `version` that the change is based on: when it is no longer current, the change is ' +
      'refused with CONFLICT. Absent or null: not compared.',
  })
  expectedVersion?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'At most 100 characters. Unique in the organization; case and accents do not count.',
  })
  @IfPresent()
  @IsName('Name', MAXIMUM_NAME)
  name?: string;

  @Field(() => [Permission], {
    nullable: true,
    description: 'All permissions that the role then has; those that the list lacks are taken away.',
  })
  @IsNotNull('Permissions')
  permissions?: Permission[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every user with this role must use two-factor authentication.',
  })
  @IsNotNull('Require two factor authentication')
  mfaRequired?: boolean;
}

@InputType({ description: 'The role to copy, and the name of the copy.' })
export class DuplicateRoleInput {
  @Field(() => ID, { description: 'The id of the role to copy.' })
  id: string;

  @Field(() => String, {
    description:
      'What the copy is called: at most 100 characters, unique in the organization; case and ' +
      'accents do not count.',
  })
  @IsName('Name', MAXIMUM_NAME)
  name: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The role to delete, and the one for its users.' })
export class DeleteRoleInput {
  @Field(() => ID, { description: 'The id of the role to delete.' })
  id: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the role that the users of this one get; required when there are any, ROLE_IN_USE ' +
      'without it.',
  })
  moveUsersToRoleId?: string | null;
}

@InputType({ description: 'The role, and the permissions to try; nothing is changed.' })
export class PreviewRoleChangeInput {
  @Field(() => ID, { description: 'The id of the role.' })
  id: string;

  @Field(() => [Permission], { description: 'All permissions that the role would then have.' })
  permissions: Permission[];
}
