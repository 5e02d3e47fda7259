import { Field, ID, InputType, Int } from 'type-graphql';
import { Permission } from '../access/permissions';
import { IfPresent, IsName, IsNotNull } from '../validation/input-rules';

const MAXIMUM_NAME = 100;

@InputType()
export class CreateRoleInput {
  @Field(() => String, { description: 'Unique in the organization; case and accents do not count.' })
  @IsName('Name', MAXIMUM_NAME)
  name: string;

  @Field(() => [Permission])
  permissions: Permission[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether everybody with this role must have a second factor.',
  })
  mfaRequired: boolean;
}

@InputType({ description: 'Fields that are absent stay as they are.' })
export class UpdateRoleInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that the change is based on; when it is no longer current: CONFLICT.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsName('Name', MAXIMUM_NAME)
  name?: string;

  @Field(() => [Permission], { nullable: true, description: 'All that the role then allows.' })
  @IsNotNull('Permissions')
  permissions?: Permission[];

  @Field(() => Boolean, { nullable: true })
  @IsNotNull('Require two factor authentication')
  mfaRequired?: boolean;
}

@InputType()
export class DuplicateRoleInput {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'What the copy is called.' })
  @IsName('Name', MAXIMUM_NAME)
  name: string;
}

@InputType()
export class DeleteRoleInput {
  @Field(() => ID)
  id: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The role that the users of this one get in the same step; required when there are any.',
  })
  moveUsersToRoleId?: string | null;
}

@InputType()
export class PreviewRoleChangeInput {
  @Field(() => ID)
  id: string;

  @Field(() => [Permission], { description: 'All that the role would then allow.' })
  permissions: Permission[];
}
