import type { Permission } from '../access/permissions';
import { denyWithoutPermission, type DenialReasons } from '../access/denials';
import { hasAllPermissions, type Viewer } from '../access/viewer';

/** The part of a user that the rules need. */
export interface PolicySubject {
  readonly id: number;
  readonly mfaEnabled: boolean;
  readonly role: { readonly permissions: readonly Permission[] };
}

function isSelf(viewer: Viewer, user: Pick<PolicySubject, 'id'>): boolean {
  return viewer.userId === user.id;
}

export function denialsToEdit(viewer: Viewer, user: PolicySubject): DenialReasons {
  return [...denyWithoutPermission(viewer, 'edit_user'), ...denyIfUserExceeds(viewer, user)];
}

/** Their own username and password they change as their account, which asks for the present password. */
export function denialsToChangeCredentials(viewer: Viewer, user: PolicySubject): DenialReasons {
  return isSelf(viewer, user) ? ['CANNOT_CHANGE_OWN_CREDENTIALS'] : [];
}

/** Not themselves: whoever found their session open could otherwise guess their password without end. */
export function denialsToUnlock(viewer: Viewer, user: PolicySubject): DenialReasons {
  return [
    ...denialsToEdit(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_UNLOCK_YOURSELF'] as const) : []),
  ];
}

export function denialsToAssignRole(viewer: Viewer, user: PolicySubject): DenialReasons {
  return [
    ...denialsToEdit(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_CHANGE_OWN_ROLE'] as const) : []),
  ];
}

export function denialsToSetEnabled(viewer: Viewer, user: PolicySubject): DenialReasons {
  return [
    ...denyWithoutPermission(viewer, 'set_user_enabled'),
    ...denyIfUserExceeds(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_DISABLE_YOURSELF'] as const) : []),
  ];
}

export function denialsToResetMfa(viewer: Viewer, user: PolicySubject): DenialReasons {
  return [
    ...denyWithoutPermission(viewer, 'reset_mfa'),
    ...denyIfUserExceeds(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_RESET_OWN_MFA'] as const) : []),
    ...(user.mfaEnabled ? [] : (['MFA_NOT_ENABLED'] as const)),
  ];
}

export function denialsToResendInvitation(
  viewer: Viewer,
  user: PolicySubject & { readonly enabled: boolean; readonly lastSignInAt: Date | null },
): DenialReasons {
  return [
    ...denyWithoutPermission(viewer, 'add_user'),
    ...denyIfUserExceeds(viewer, user),
    ...(user.enabled ? [] : (['USER_DISABLED'] as const)),
    ...(user.lastSignInAt ? (['INVITATION_ACCEPTED'] as const) : []),
  ];
}

function denyIfUserExceeds(viewer: Viewer, user: PolicySubject): DenialReasons {
  return hasAllPermissions(viewer, user.role.permissions) ? [] : ['USER_EXCEEDS_YOUR_PERMISSIONS'];
}
