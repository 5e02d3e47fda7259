import type { UserRowFragment } from '../api/generated/graphql';
import { checkRequired } from '../form/check-required';
import type { Problems } from '../form/form-state.svelte';
import { checkNewPassword } from '../passwords/password-policy.svelte';

/** What the fields of a user hold. */
export interface UserValues {
  firstName: string;
  lastName: string;
  username: string;
  password: string;
  phone: string;
  roleId: string;
  forcePasswordReset: boolean;
  forceMfa: boolean;
}

export type UserFieldName = keyof UserValues;

export const BLANK_USER: UserValues = {
  firstName: '',
  lastName: '',
  username: '',
  password: '',
  phone: '',
  roleId: '',
  forcePasswordReset: false,
  forceMfa: false,
};

const PLAIN_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function valuesOf(user: UserRowFragment): UserValues {
  return {
    firstName: user.firstName,
    lastName: user.lastName,
    username: user.username,
    password: '',
    phone: user.phone ?? '',
    roleId: user.role.id,
    forcePasswordReset: user.forcePasswordReset,
    forceMfa: user.mfaRequired,
  };
}

export function checkUser(values: UserValues): Problems<UserValues> {
  const isEmail = PLAIN_EMAIL.test(values.username.trim());
  return {
    firstName: checkRequired(values.firstName),
    lastName: checkRequired(values.lastName),
    username: checkRequired(values.username) || (!isEmail && 'Enter a valid email address.'),
    password: checkRequired(values.password) || checkNewPassword(values.password),
    phone: checkRequired(values.phone),
    roleId: checkRequired(values.roleId, 'Choose a role.'),
  };
}

/** Checks only what was changed: a user who was stored by other rules can still be edited. */
export function checkChanges(values: UserValues, changed: readonly UserFieldName[]): Problems<UserValues> {
  const problems = checkUser(values);
  return Object.fromEntries(changed.map((name) => [name, problems[name]]));
}
