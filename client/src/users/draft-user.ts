import type { UserRowFragment } from '../api/generated/graphql';
import { Draft } from '../draft';
import type { UserForm, UserValues } from './user-form.svelte';

/** A user who was being added or edited when the session expired. */
export interface DraftUser {
  /** Absent while adding. */
  user: UserRowFragment | undefined;
  typed: Omit<UserValues, 'password'>;
  hadPassword: boolean;
}

export const draftUser = new Draft<DraftUser>();

export function draft(form: UserForm): DraftUser {
  const { password, ...typed } = form.values;
  return { user: form.user, typed, hadPassword: password !== '' };
}
