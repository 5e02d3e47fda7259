import type { UserErrorPartsFragment, UserRowFragment } from '../api/generated/graphql';
import { valuesOf, type UserFieldName } from './user-values';

const LABELS: Record<UserFieldName, string> = {
  firstName: 'First Name',
  lastName: 'Last Name',
  username: 'Email',
  password: 'Password',
  phone: 'Phone',
  roleId: 'Role',
  forcePasswordReset: 'Force reset password',
  forceMfa: 'Force two factor authentication',
};

const inWords = new Intl.ListFormat('en', { type: 'conjunction' });

/** Names the fields that someone else has changed; changes outside the form are called "this user". */
export function describeConflict(conflicts: readonly UserErrorPartsFragment[]): string {
  const labels = Object.entries(LABELS)
    .filter(([name]) => conflicts.some(({ field }) => field.at(-1) === name))
    .map(([, label]) => label);
  const what = labels.length > 0 ? inWords.format(labels) : 'this user';
  return `Someone else has changed ${what}.`;
}

/** Says which value is stored now in a field that was changed here as well. */
export function describeStored(user: UserRowFragment) {
  const stored = valuesOf(user);
  return (name: UserFieldName): string => {
    const value = name === 'roleId' ? user.role.name : stored[name];
    const shown = typeof value === 'boolean' ? (value ? 'on' : 'off') : `“${value}”`;
    return `${LABELS[name]} is now ${shown}; saving replaces it with yours.`;
  };
}
