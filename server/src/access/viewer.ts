import type { Permission } from './permissions';

/** Who is asking, as the database says at this very request. */
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

/** Whether the viewer himself holds every one of these: nobody hands out or touches what he lacks. */
export function hasAllPermissions(viewer: Viewer, permissions: readonly Permission[]): boolean {
  return permissions.every((permission) => viewer.permissions.has(permission));
}
