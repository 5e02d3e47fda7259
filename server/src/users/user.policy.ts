import { ADMINISTRATION, type Permission } from '../access/permissions';
import { holdsAll, mayDo, type Viewer } from '../access/viewer';
import { UserError, type UserErrorCode } from '../errors';

/** What a rule needs to know of a user. */
export interface PolicySubject {
  readonly id: number;
  readonly mfaEnabled: boolean;
  readonly role: { readonly permissions: readonly Permission[] };
}

type Reasons = UserErrorCode[];

export function isSelf(viewer: Viewer, user: Pick<PolicySubject, 'id'>): boolean {
  return viewer.userId === user.id;
}

/** Whether users with this role can put the organization's users in order. */
export function canAdminister(permissions: readonly Permission[]): boolean {
  return ADMINISTRATION.every((permission) => permissions.includes(permission));
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

function missing(viewer: Viewer, permission: Permission): Reasons {
  return mayDo(viewer, permission) ? [] : ['MISSING_PERMISSION'];
}

function exceeding(viewer: Viewer, user: PolicySubject): Reasons {
  return holdsAll(viewer, user.role.permissions) ? [] : ['USER_EXCEEDS_YOUR_PERMISSIONS'];
}

const SENTENCES: Partial<Record<UserErrorCode, string>> = {
  MISSING_PERMISSION: 'You do not have the permission for this.',
  USER_EXCEEDS_YOUR_PERMISSIONS: 'This user has permissions that you do not have.',
  CANNOT_CHANGE_OWN_ROLE: 'You cannot change your own role.',
  CANNOT_DISABLE_YOURSELF: 'You cannot disable yourself.',
  CANNOT_RESET_OWN_MFA: 'You cannot remove your own second factor here.',
  MFA_NOT_ENABLED: 'This user has no second factor.',
  USER_DISABLED: 'This user is disabled.',
  INVITATION_ACCEPTED: 'This user has already signed in.',
};

/** The reasons of a policy as errors at a field of the input. */
export function refusals(reasons: Reasons, field: readonly string[]): UserError[] {
  return reasons.map((code) => new UserError(code, field, SENTENCES[code] ?? code));
}
