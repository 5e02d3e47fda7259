import type { RolePartsFragment } from '../api/generated/graphql';
import { UnfinishedWork } from '../unfinished-work';
import type { RoleValues } from './role-form.svelte';

/** A role whose adding or editing a session's end has cut off. */
export interface UnfinishedRole {
  /** Absent while adding. */
  role: RolePartsFragment | undefined;
  typed: RoleValues;
}

export const unfinishedRole = new UnfinishedWork<UnfinishedRole>();
