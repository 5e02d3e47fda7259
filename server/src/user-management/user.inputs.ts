import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IfPresent, IsNotNull } from '../validation/input-rules';
import { IsPersonName, IsPhone, IsUsername } from '../users/user-fields';

@InputType()
export class CreateUserInput {
  @Field(() => String)
  @IsPersonName('First name')
  firstName: string;

  @Field(() => String)
  @IsPersonName('Last name')
  lastName: string;

  @Field(() => String, { description: 'A valid email address; unique over the whole service.' })
  @IsUsername('Email')
  username: string;

  @Field(() => String, { description: 'With a lowercase and an uppercase letter; see passwordPolicy.' })
  password: string;

  @Field(() => String)
  @IsPhone('Phone')
  phone: string;

  @Field(() => ID)
  roleId: string;

  @Field(() => Boolean, { defaultValue: false, description: 'The next sign-in must set a new password.' })
  forcePasswordReset: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'The next sign-in must set up a second factor.' })
  forceMfa: boolean;
}

@InputType({ description: 'Fields that are absent stay as they are.' })
export class UpdateUserInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that the change is based on; when it is no longer current: CONFLICT.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPersonName('First name')
  firstName?: string;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPersonName('Last name')
  lastName?: string;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsUsername('Email')
  username?: string;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPhone('Phone')
  phone?: string;

  @Field(() => ID, { nullable: true })
  @IsNotNull('Role')
  roleId?: string;

  @Field(() => String, { nullable: true })
  password?: string | null;

  @Field(() => Boolean, { nullable: true })
  @IsNotNull('Force reset password')
  forcePasswordReset?: boolean;

  @Field(() => Boolean, { nullable: true })
  @IsNotNull('Force two factor authentication')
  forceMfa?: boolean;
}

@InputType()
export class SetUserEnabledInput {
  @Field(() => ID)
  id: string;

  @Field(() => Boolean)
  enabled: boolean;
}

@InputType()
export class ResetMfaInput {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Replaces the password in the same step.' })
  newPassword: string;
}

@InputType({ description: 'Every condition that is given must hold.' })
export class UserFilter {
  @Field(() => [ID], { nullable: true })
  roleIds?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  mfaEnabled?: boolean | null;
}

export const UserSortField = {
  ID: 'ID',
  FIRST_NAME: 'FIRST_NAME',
  LAST_NAME: 'LAST_NAME',
  USERNAME: 'USERNAME',
  PHONE: 'PHONE',
  ROLE: 'ROLE',
  MFA: 'MFA',
  ENABLED: 'ENABLED',
  CREATED_AT: 'CREATED_AT',
  LAST_SIGN_IN_AT: 'LAST_SIGN_IN_AT',
} as const;
export type UserSortField = keyof typeof UserSortField;
registerEnumType(UserSortField, { name: 'UserSortField' });

export const SortDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
export type SortDirection = keyof typeof SortDirection;
registerEnumType(SortDirection, { name: 'SortDirection' });

@InputType()
export class UserSort {
  @Field(() => UserSortField)
  field: UserSortField;

  @Field(() => SortDirection, { defaultValue: 'ASC' })
  direction: SortDirection;
}
