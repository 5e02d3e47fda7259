import type { Permission } from './permissions';

/** The user who sent the request, as read from the database for this request. */
export interface Viewer {
  readonly userId: number;
  readonly username: string;
  readonly sessionId: number;
  readonly organizationId: number;
  readonly roleId: number;
  readonly permissions: ReadonlySet<Permission>;
}

export function hasPermission(viewer: Viewer, permission: Permission): boolean {
  return viewer.permissions.has(permission);
}

/** Whether the viewer has every one of these; nobody may grant or edit permissions that they lack. */
export function hasAllPermissions(viewer: Viewer, permissions: readonly Permission[]): boolean {
  return permissions.every((permission) => viewer.permissions.has(permission));
}
