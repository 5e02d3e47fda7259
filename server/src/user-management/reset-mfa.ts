import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { hashPassword } from '../passwords/password';
import { newPasswordErrors } from '../passwords/password-policy';
import { queueSecurityNotice } from '../users/security-notice';
import { setPassword } from '../passwords/set-password';
import { requireUser } from '../users/require-user';
import { PASSWORD_CHANGE, userChanges, userTarget, writeUser } from '../users/user-changes';
import { removeMfa } from '../mfa/totp-setup';
import type { ResetMfaInput } from './user.inputs';
import { denialsToResetMfa } from '../users/user.policy';
import { type UserView } from '../users/user-view';
import { findUserOrFail } from '../users/find-user';

/**
 * Turns off a user's MFA and sets a new password in one step, so that someone who knows the old password
 * cannot sign in with it alone. Whether MFA is required does not change.
 * @throws UserErrors
 */
export async function resetMfa(
  context: SignedInContext,
  input: ResetMfaInput,
): Promise<{ user: UserView; endedSessions: number }> {
  const passwordHash = await hashPassword(context, input.newPassword);

  return viewerTransaction(context, async (tx, context) => {
    const { passwordPolicy, viewer, now } = context;
    const user = await requireUser(tx, viewer, input.id);
    throwIfAny([
      ...newPasswordErrors(passwordPolicy, input.newPassword, user, ['input', 'newPassword']),
      ...denials(denialsToResetMfa(viewer, user), ['input', 'id']),
    ]);

    await removeMfa(tx, user.id);
    await writeUser(tx, user, { mfaEnabled: false }, now);
    const endedSessions = await setPassword(tx, context, user.id, passwordHash);
    const updated = await findUserOrFail(tx, viewer, user.id);
    const changes = [...userChanges(user, updated), PASSWORD_CHANGE];
    await recordAudit(tx, context, 'user.mfa_reset', userTarget(updated), changes);
    await queueSecurityNotice(tx, context, updated, 'mfa_reset');
    return { user: updated, endedSessions };
  });
}
