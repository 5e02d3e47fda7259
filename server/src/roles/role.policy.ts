import { ADMINISTRATION, type Permission } from '../access/permissions';
import { permissionDenial, denials, type DenialReasons } from '../access/denials';
import { hasAllPermissions, type Viewer } from '../access/viewer';
import { userError, type UserError } from '../errors';

/** What a rule needs to know of a role. */
export interface RoleSubject {
  readonly id: number;
  readonly permissions: readonly Permission[];
}

/** Nobody hands out a role with permissions that he lacks. */
export function mayAssign(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): boolean {
  return hasAllPermissions(viewer, role.permissions);
}

/** Whether users with this role can put the organization's users in order. */
export function canAdminister(permissions: readonly Permission[]): boolean {
  return ADMINISTRATION.every((permission) => permissions.includes(permission));
}

export function denialsToEditRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...permissionDenial(viewer, 'manage_roles'), ...exceedsPermissions(viewer, role)];
}

/** Who has a role does not decide what it allows: he could only lock himself out. */
export function denialsToChangePermissions(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...denialsToEditRole(viewer, role), ...ownRole(viewer, role)];
}

export function denialsToDeleteRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...denialsToEditRole(viewer, role), ...ownRole(viewer, role)];
}

function exceedsPermissions(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): DenialReasons {
  return mayAssign(viewer, role) ? [] : ['ROLE_EXCEEDS_YOUR_PERMISSIONS'];
}

function ownRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return viewer.roleId === role.id ? ['CANNOT_CHANGE_OWN_ROLE'] : [];
}

export function roleNotFound(field: readonly string[]): UserError {
  return userError('ROLE_NOT_FOUND', field);
}

/** Why this role cannot be given to somebody, told at its field; null is a role that is not there. */
export function assignmentErrors(
  viewer: Viewer,
  role: Pick<RoleSubject, 'permissions'> | null,
  field: readonly string[] = ['input', 'roleId'],
): UserError[] {
  return role ? denials(exceedsPermissions(viewer, role), field) : [roleNotFound(field)];
}
