import type { UserRowFragment } from '../api/generated/graphql';
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

/** Says what stands in the database where the typed text differs from it. */
export function describeStored(user: UserRowFragment) {
  return ({ name, stored }: { name: UserFieldName; stored: UserValues }): string => {
    const value = name === 'roleId' ? user.role.name : stored[name];
    const shown = typeof value === 'boolean' ? (value ? 'on' : 'off') : `“${value}”`;
    return `${LABELS[name]} is now ${shown}; saving replaces it with yours.`;
  };
}
