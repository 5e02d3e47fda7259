import {
  ADMINISTRATION,
  PERMISSION_CATALOGUE,
  permissionName,
  permissionsNeededBy,
  type Permission,
} from '../access/permissions';
import { denyWithoutPermission, denials, type DenialReasons } from '../access/denials';
import { hasAllPermissions, type Viewer } from '../access/viewer';
import { userError, type UserError } from '../errors';

/** The part of a role that the rules need. */
export interface RoleSubject {
  readonly id: number;
  readonly permissions: readonly Permission[];
}

/** Whether the viewer has every permission of the role; nobody may give a role that allows more. */
export function canAssign(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): boolean {
  return hasAllPermissions(viewer, role.permissions);
}

/** Whether a role with these permissions can administer the organization's users. */
export function canAdminister(permissions: readonly Permission[]): boolean {
  return ADMINISTRATION.every((permission) => permissions.includes(permission));
}

export function denialsToEditRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...denyWithoutPermission(viewer, 'manage_roles'), ...denyIfRoleExceeds(viewer, role)];
}

/** Viewers may not change their own role: they could not grant more than they have, only lock themselves out. */
export function denialsToChangePermissions(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...denialsToEditRole(viewer, role), ...denyOwnRole(viewer, role)];
}

export function denialsToDeleteRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return [...denialsToEditRole(viewer, role), ...denyOwnRole(viewer, role)];
}

function denyIfRoleExceeds(viewer: Viewer, role: Pick<RoleSubject, 'permissions'>): DenialReasons {
  return canAssign(viewer, role) ? [] : ['ROLE_EXCEEDS_YOUR_PERMISSIONS'];
}

function denyOwnRole(viewer: Viewer, role: RoleSubject): DenialReasons {
  return viewer.roleId === role.id ? ['CANNOT_CHANGE_OWN_ROLE'] : [];
}

export function roleNotFound(field: readonly string[]): UserError {
  return userError('ROLE_NOT_FOUND', field);
}

/** Why the viewer may not give this role to a user, as errors at a field; null stands for an unknown role. */
export function assignmentErrors(
  viewer: Viewer,
  role: Pick<RoleSubject, 'permissions'> | null,
  field: readonly string[] = ['input', 'roleId'],
): UserError[] {
  return role ? denials(denyIfRoleExceeds(viewer, role), field) : [roleNotFound(field)];
}

/** What these permissions need and do not have among them, as errors of the input that gives them to a role. */
export function missingNeedErrors(permissions: readonly Permission[]): UserError[] {
  const labelOf = (permission: Permission) => PERMISSION_CATALOGUE[permissionName(permission)].label;
  return permissions.flatMap((permission) =>
    permissionsNeededBy(permission)
      .filter((needed) => !permissions.includes(needed))
      .map((needed) =>
        userError('PERMISSION_NEEDS_OTHERS', ['input', 'permissions'], {
          permission: labelOf(permission),
          needed: labelOf(needed),
        }),
      ),
  );
}
