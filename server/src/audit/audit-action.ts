import { registerEnumType } from 'type-graphql';

/** Every action there is, as rows name it: the type of its target, then what happened. */
const SENTENCES = {
  'user.signed_in': 'A user signed in.',
  'user.sign_in_failed':
    'A sign-in as this user failed. The change "reason" says why: password, mfaCode, recoveryCode or disabled.',
  'user.locked': 'So many sign-ins failed that further ones are blocked for a while.',
  'user.unlocked': 'The failed attempts at an account were cleared, so that its user may sign in at once.',
  'user.signed_out': 'A user signed out.',
  'user.reauthentication_failed':
    'A signed-in user gave a wrong password or code for a change that asks for one; see the change "reason".',
  'user.refresh_token_reused':
    'An old refresh token was used again, so that it may have been copied; its session was ended.',
  'user.sessions_ended': 'Sessions of a user were ended.',
  'user.created': 'A user was added.',
  'user.updated': 'A user was changed.',
  'user.enabled': 'A user was enabled.',
  'user.disabled': 'A user was disabled.',
  'user.invitation_resent': 'An invitation was mailed once more.',
  'user.password_changed': 'A user changed their own password.',
  'user.password_reset': 'A user set a new password with a link from their mail.',
  'user.mfa_set_up': 'A user set up two-factor authentication.',
  'user.mfa_removed': 'A user turned off their two-factor authentication.',
  'user.mfa_reset':
    'The two-factor authentication of a user was turned off and a new password set, in one step.',
  'user.recovery_codes_replaced': 'A user made new recovery codes.',
  'role.created': 'A role was added.',
  'role.updated': 'A role was changed.',
  'role.deleted': 'A role was deleted.',
  'organization.created': 'The organization was created.',
  'organization.updated': 'The organization was changed.',
} as const;

export type AuditAction = keyof typeof SENTENCES;
export const ALL_AUDIT_ACTIONS = Object.keys(SENTENCES) as AuditAction[];

const nameOf = (action: AuditAction) => action.toUpperCase().replace('.', '_');

/** For the schema: USER_SIGNED_IN stands for user.signed_in. */
export const AuditActionEnum = Object.fromEntries(
  ALL_AUDIT_ACTIONS.map((action) => [nameOf(action), action]),
);

registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'What happened. More may come with later versions.',
  valuesConfig: Object.fromEntries(
    ALL_AUDIT_ACTIONS.map((action) => [nameOf(action), { description: SENTENCES[action] }]),
  ),
});
