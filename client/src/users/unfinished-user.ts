import type { UserRowFragment } from '../api/generated/graphql';
import { UnfinishedWork } from '../unfinished-work';
import type { UserForm, UserValues } from './user-form.svelte';

/** A user whose adding or editing a session's end has cut off. */
export interface UnfinishedUser {
  /** Absent while adding. */
  user: UserRowFragment | undefined;
  typed: Omit<UserValues, 'password'>;
  hadPassword: boolean;
}

export const unfinishedUser = new UnfinishedWork<UnfinishedUser>();

export function unfinished(form: UserForm): UnfinishedUser {
  const { password, ...typed } = form.values;
  return { user: form.user, typed, hadPassword: password !== '' };
}
