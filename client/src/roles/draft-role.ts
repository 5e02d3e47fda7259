import type { RolePartsFragment } from '../api/generated/graphql';
import { Draft } from '../form/draft';
import type { RoleValues } from './role-values';

/** A role that was being added or edited when the session expired. */
export interface DraftRole {
  /** Absent while adding. */
  role: RolePartsFragment | undefined;
  typed: RoleValues;
}

export const draftRole = new Draft<DraftRole>();
