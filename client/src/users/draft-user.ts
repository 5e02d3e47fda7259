import type { UserRowFragment } from '../api/generated/graphql';
import { Draft } from '../form/draft';
import type { UserValues } from './user-values';

/** A user who was being added or edited when the session expired. */
export interface DraftUser {
  /** Absent while adding. */
  user: UserRowFragment | undefined;
  typed: Omit<UserValues, 'password'>;
  hadPassword: boolean;
}

export const draftUser = new Draft<DraftUser>();
