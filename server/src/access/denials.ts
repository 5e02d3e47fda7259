import { UserError, type UserErrorCode } from '../errors';
import type { Permission } from './permissions';
import { hasPermission, type Viewer } from './viewer';

/** Why a rule forbids something; empty when it does not. */
export type DenialReasons = UserErrorCode[];

export function permissionDenial(viewer: Viewer, permission: Permission): DenialReasons {
  return hasPermission(viewer, permission) ? [] : ['MISSING_PERMISSION'];
}

const SENTENCES: Partial<Record<UserErrorCode, string>> = {
  MISSING_PERMISSION: 'You do not have the permission for this.',
  ROLE_EXCEEDS_YOUR_PERMISSIONS: 'This role has permissions that you do not have.',
  USER_EXCEEDS_YOUR_PERMISSIONS: 'This user has permissions that you do not have.',
  CANNOT_CHANGE_OWN_ROLE: 'You cannot change your own role.',
  CANNOT_DISABLE_YOURSELF: 'You cannot disable yourself.',
  CANNOT_RESET_OWN_MFA: 'You cannot remove your own second factor here.',
  MFA_NOT_ENABLED: 'This user has no second factor.',
  USER_DISABLED: 'This user is disabled.',
  INVITATION_ACCEPTED: 'This user has already signed in.',
};

/** The reasons of a policy as errors at a field of the input. */
export function denials(reasons: DenialReasons, field: readonly string[]): UserError[] {
  return reasons.map((code) => new UserError(code, field, SENTENCES[code] ?? code));
}
