import type { Permission } from '../access/permissions';
import { missing, type Reasons } from '../access/refusals';
import { holdsAll, type Viewer } from '../access/viewer';

/** What a rule needs to know of a user. */
export interface PolicySubject {
  readonly id: number;
  readonly mfaEnabled: boolean;
  readonly role: { readonly permissions: readonly Permission[] };
}

export function isSelf(viewer: Viewer, user: Pick<PolicySubject, 'id'>): boolean {
  return viewer.userId === user.id;
}

export function reasonsNotToEdit(viewer: Viewer, user: PolicySubject): Reasons {
  return [...missing(viewer, 'edit_user'), ...exceeding(viewer, user)];
}

export function reasonsNotToAssignRole(viewer: Viewer, user: PolicySubject): Reasons {
  return [
    ...reasonsNotToEdit(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_CHANGE_OWN_ROLE'] as const) : []),
  ];
}

export function reasonsNotToSetEnabled(viewer: Viewer, user: PolicySubject): Reasons {
  return [
    ...missing(viewer, 'set_user_enabled'),
    ...exceeding(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_DISABLE_YOURSELF'] as const) : []),
  ];
}

export function reasonsNotToResetMfa(viewer: Viewer, user: PolicySubject): Reasons {
  return [
    ...missing(viewer, 'reset_mfa'),
    ...exceeding(viewer, user),
    ...(isSelf(viewer, user) ? (['CANNOT_RESET_OWN_MFA'] as const) : []),
    ...(user.mfaEnabled ? [] : (['MFA_NOT_ENABLED'] as const)),
  ];
}

export function reasonsNotToResendInvitation(
  viewer: Viewer,
  user: PolicySubject & { readonly enabled: boolean; readonly lastSignInAt: Date | null },
): Reasons {
  return [
    ...missing(viewer, 'add_user'),
    ...exceeding(viewer, user),
    ...(user.enabled ? [] : (['USER_DISABLED'] as const)),
    ...(user.lastSignInAt ? (['INVITATION_ACCEPTED'] as const) : []),
  ];
}

function exceeding(viewer: Viewer, user: PolicySubject): Reasons {
  return holdsAll(viewer, user.role.permissions) ? [] : ['USER_EXCEEDS_YOUR_PERMISSIONS'];
}
