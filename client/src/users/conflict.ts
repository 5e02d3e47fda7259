import type { UserErrorPartsFragment, UserRowFragment } from '../api/generated/graphql';
import type { UserFieldName, UserValues } from './user-form.svelte';

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

/** Names what somebody else changed; what the form does not hold (the account's state) is just "this user". */
export function describeConflict(conflicts: UserErrorPartsFragment[]): string {
  const labels = Object.entries(LABELS)
    .filter(([name]) => conflicts.some(({ field }) => field.at(-1) === name))
    .map(([, label]) => label);
  const what = labels.length > 0 ? inWords.format(labels) : 'this user';
  return `Somebody else has changed ${what} in the meantime.`;
}

/** Says what stands in the database where the typed text differs from it. */
export function describeStored(user: UserRowFragment) {
  return ({ name, stored }: { name: UserFieldName; stored: UserValues }): string => {
    const value = name === 'roleId' ? user.role.name : stored[name];
    const shown = typeof value === 'boolean' ? (value ? 'on' : 'off') : `“${value}”`;
    return `${LABELS[name]} is now ${shown}; saving replaces it with yours.`;
  };
}
