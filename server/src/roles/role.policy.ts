import type { Permission } from '../access/permissions';
import { holdsAll, type Viewer } from '../access/viewer';
import { UserError } from '../errors';

/** Nobody hands out a role with permissions that he lacks. */
export function mayAssign(viewer: Viewer, role: { readonly permissions: readonly Permission[] }): boolean {
  return holdsAll(viewer, role.permissions);
}

/** Why this role cannot be given to somebody, told at the field `roleId`; null is a role that is not there. */
export function assignmentErrors(
  viewer: Viewer,
  role: { readonly permissions: readonly Permission[] } | null,
): UserError[] {
  const field = ['input', 'roleId'];
  if (!role) return [new UserError('ROLE_NOT_FOUND', field, 'This role does not exist.')];
  if (mayAssign(viewer, role)) return [];
  return [
    new UserError('ROLE_EXCEEDS_YOUR_PERMISSIONS', field, 'This role has permissions that you do not have.'),
  ];
}
