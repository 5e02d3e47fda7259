import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../idempotency/repeatable';
import { IfPresent, IsNotNull } from '../validation/input-rules';
import { NEW_PASSWORD } from '../passwords/password-policy';
import { EXTERNAL_ID, IsExternalId } from '../users/external-id';
import { IsPersonName, IsPhone, IsUsername, PERSON_NAME, PHONE_NUMBER, USERNAME } from '../users/user-fields';

@InputType({ description: 'The user to add.' })
export class CreateUserInput {
  @Field(() => String, { description: PERSON_NAME })
  @IsPersonName('First name')
  firstName: string;

  @Field(() => String, { description: PERSON_NAME })
  @IsPersonName('Last name')
  lastName: string;

  @Field(() => String, { description: USERNAME })
  @IsUsername('Email')
  username: string;

  @Field(() => String, { nullable: true, description: EXTERNAL_ID })
  @IsExternalId()
  externalId?: string | null;

  @Field(() => String, { description: NEW_PASSWORD })
  password: string;

  @Field(() => String, { description: PHONE_NUMBER })
  @IsPhone('Phone')
  phone: string;

  @Field(() => ID, {
    description: "The id of the user's role; it may have no permission that the viewer lacks.",
  })
  roleId: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the user must set a new password at their next sign-in.',
  })
  forcePasswordReset: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether the user must use two-factor authentication; without it they set it up at their ' +
      'next sign-in.',
  })
  forceMfa: boolean;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What to change about a user. Fields that are absent stay as they are; null is refused with ' +
    'REQUIRED, except where it is said to mean something.',
})
export class UpdateUserInput {
  @Field(() => ID, { description: 'The id of the user to change.' })
  id: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `version` that the change is based on: when it is no longer current, the change is ' +
      'refused with CONFLICT. Absent or null: not compared.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: PERSON_NAME })
  @IfPresent()
  @IsPersonName('First name')
  firstName?: string;

  @Field(() => String, { nullable: true, description: PERSON_NAME })
  @IfPresent()
  @IsPersonName('Last name')
  lastName?: string;

  @Field(() => String, { nullable: true, description: `${USERNAME} A change is mailed to both addresses.` })
  @IfPresent()
  @IsUsername('Email')
  username?: string;

  @Field(() => String, { nullable: true, description: `${EXTERNAL_ID} Null: none any more.` })
  @IsExternalId()
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: PHONE_NUMBER })
  @IfPresent()
  @IsPhone('Phone')
  phone?: string;

  @Field(() => ID, {
    nullable: true,
    description: "The id of the user's new role; it may have no permission that the viewer lacks.",
  })
  @IsNotNull('Role')
  roleId?: string;

  @Field(() => String, { nullable: true, description: `${NEW_PASSWORD} Ends the sessions of the user.` })
  password?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user must set a new password at their next sign-in.',
  })
  @IsNotNull('Force reset password')
  forcePasswordReset?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the user must use two-factor authentication; without it they set it up at their ' +
      'next sign-in.',
  })
  @IsNotNull('Force two factor authentication')
  forceMfa?: boolean;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Names a user, and whether they are to be enabled.' })
export class SetUserEnabledInput {
  @Field(() => ID, { description: 'The id of the user.' })
  id: string;

  @Field(() => Boolean, { description: 'True enables the user, false disables them.' })
  enabled: boolean;
}

@InputType({ description: 'Names a user, and their new password.' })
export class ResetMfaInput {
  @Field(() => ID, {
    description: 'The id of a user who has set up two-factor authentication; not of the viewer.',
  })
  id: string;

  @Field(() => String, { description: `Replaces the user's password in the same step. ${NEW_PASSWORD}` })
  newPassword: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
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
  UPDATED_AT: 'UPDATED_AT',
  LAST_SIGN_IN_AT: 'LAST_SIGN_IN_AT',
} as const;
export type UserSortField = keyof typeof UserSortField;
registerEnumType(UserSortField, {
  name: 'UserSortField',
  description: 'What users can be sorted by. Names are compared without regard to case and accents.',
  valuesConfig: {
    ID: { description: 'By id: usually the order in which the users were added.' },
    FIRST_NAME: { description: 'By first name.' },
    LAST_NAME: { description: 'By last name.' },
    USERNAME: { description: 'By username.' },
    PHONE: { description: 'By the digits of the phone number; going up, users without one come first.' },
    ROLE: { description: 'By the name of the role.' },
    MFA: { description: 'By mfaEnabled; going up, users without two-factor authentication come first.' },
    ENABLED: { description: 'By enabled; going up, disabled users come first.' },
    CREATED_AT: { description: 'By the time when the user was added.' },
    UPDATED_AT: { description: 'By the time of the last change; one who is changed meanwhile moves.' },
    LAST_SIGN_IN_AT: {
      description: 'By the time of the last sign-in; going up, users who never signed in come first.',
    },
  },
});

export const SortDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
export type SortDirection = keyof typeof SortDirection;
registerEnumType(SortDirection, {
  name: 'SortDirection',
  description: 'Whether an order goes up or down.',
  valuesConfig: {
    ASC: { description: 'Up: A before Z, small before large, early before late.' },
    DESC: { description: 'Down: Z before A, large before small, late before early.' },
  },
});

@InputType({ description: 'One key of an order.' })
export class UserSort {
  @Field(() => UserSortField, { description: 'What to sort by; each field at most once in an order.' })
  field: UserSortField;

  @Field(() => SortDirection, { defaultValue: 'ASC', description: 'Whether the order goes up or down.' })
  direction: SortDirection;
}
