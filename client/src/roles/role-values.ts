import type { Permission, RolePartsFragment } from '../api/generated/graphql';

/** What the fields of a role hold. */
export interface RoleValues {
  name: string;
  mfaRequired: boolean;
  permissions: Permission[];
}

export const BLANK_ROLE: RoleValues = { name: '', mfaRequired: false, permissions: [] };

export function valuesOf({ name, mfaRequired, permissions }: RolePartsFragment): RoleValues {
  return { name, mfaRequired, permissions: permissions ?? [] };
}
