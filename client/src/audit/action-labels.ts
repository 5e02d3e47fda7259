import type { AuditAction } from '../api/generated/graphql';

/** The actions by the names that the filter of the audit log shows. */
export const ACTION_LABELS: Record<AuditAction, string> = {
  USER_SIGNED_IN: 'Signed in',
  USER_SIGNED_OUT: 'Signed out',
  USER_SIGN_IN_FAILED: 'Sign-in failed',
  USER_REAUTHENTICATION_FAILED: 'Change refused',
  USER_LOCKED: 'Sign-in blocked',
  USER_UNLOCKED: 'Sign-in unblocked',
  USER_SESSIONS_ENDED: 'Sessions ended',
  USER_REFRESH_TOKEN_REUSED: 'Old session token used again',
  USER_CREATED: 'User added',
  USER_UPDATED: 'User changed',
  USER_ENABLED: 'User enabled',
  USER_DISABLED: 'User disabled',
  USER_INVITATION_RESENT: 'Invitation sent again',
  USER_PASSWORD_CHANGED: 'Password changed',
  USER_PASSWORD_RESET: 'Password set by mail',
  USER_MFA_SET_UP: 'Two-factor authentication set up',
  USER_MFA_REMOVED: 'Two-factor authentication turned off',
  USER_MFA_RESET: 'Two-factor authentication disabled by administrator',
  USER_RECOVERY_CODES_REPLACED: 'Recovery codes replaced',
  ROLE_CREATED: 'Role created',
  ROLE_UPDATED: 'Role changed',
  ROLE_DELETED: 'Role deleted',
  ORGANIZATION_CREATED: 'Organization created',
  ORGANIZATION_UPDATED: 'Organization changed',
};
