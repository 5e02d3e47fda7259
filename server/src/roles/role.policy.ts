import { ADMINISTRATION, type Permission } from '../access/permissions';
import { missing, refusals, type Reasons } from '../access/refusals';
import { holdsAll, type Viewer } from '../access/viewer';
import { UserError } from '../errors';

/** What a rule needs to know of a role. */
export interface RoleSubject {
  readonly id: number;
  readonly permissions: readonly Permission[];
}

/** Nobody hands out a role with permissions that he lacks. */
export function mayAssign(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): boolean {
  return holdsAll(viewer, role.permissions);
}

/** Whether users with this role can put the organization's users in order. */
export function canAdminister(permissions: readonly Permission[]): boolean {
  return ADMINISTRATION.every((permission) => permissions.includes(permission));
}

export function reasonsNotToEditRole(viewer: Viewer, role: RoleSubject): Reasons {
  return [...missing(viewer, 'manage_roles'), ...exceeding(viewer, role)];
}

/** Who has a role does not decide what it allows: he could only lock himself out. */
export function reasonsNotToChangePermissions(viewer: Viewer, role: RoleSubject): Reasons {
  return [...reasonsNotToEditRole(viewer, role), ...ownRole(viewer, role)];
}

export function reasonsNotToDeleteRole(viewer: Viewer, role: RoleSubject): Reasons {
  return [...reasonsNotToEditRole(viewer, role), ...ownRole(viewer, role)];
}

function exceeding(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): Reasons {
  return mayAssign(viewer, role) ? [] : ['ROLE_EXCEEDS_YOUR_PERMISSIONS'];
}

function ownRole(viewer: Viewer, role: RoleSubject): Reasons {
  return viewer.roleId === role.id ? ['CANNOT_CHANGE_OWN_ROLE'] : [];
}

export function roleNotFound(field: readonly string[]): UserError {
  return new UserError('ROLE_NOT_FOUND', field, 'This role does not exist.');
}

/** Why this role cannot be given to somebody, told at its field; null is a role that is not there. */
export function assignmentErrors(
  viewer: Viewer,
  role: Pick<RoleSubject, 'permissions'> | null,
  field: readonly string[] = ['input', 'roleId'],
): UserError[] {
  return role ? refusals(exceeding(viewer, role), field) : [roleNotFound(field)];
}
