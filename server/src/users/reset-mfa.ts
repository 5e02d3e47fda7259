import { refusals } from '../access/refusals';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { hashPassword } from './password';
import { newPasswordErrors } from './password-policy';
import { queueSecurityNotice } from './security-notice';
import { setPassword } from './set-password';
import { targetUser } from './target-user';
import { PASSWORD_CHANGE, userChanges, userTarget, writeUser } from './user-changes';
import { removeSecondFactor } from './second-factor';
import type { ResetMfaInput } from './user.inputs';
import { reasonsNotToResetMfa } from './user.policy';
import { findUser, type UserView } from './user-row';

/**
 * Removes a user's second factor and sets a new password in one step: whoever held the old password
 * must not get in with it alone. Whether a second factor is required stays as it is.
 * @throws UserErrors
 */
export async function resetMfa(
  context: SignedInContext,
  input: ResetMfaInput,
): Promise<{ user: UserView; endedSessions: number }> {
  const { database, passwordPolicy, viewer, now } = context;
  const passwordHash = await hashPassword(input.newPassword);

  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, input.id);
    refuseIfAny([
      ...newPasswordErrors(passwordPolicy, input.newPassword, user, ['input', 'newPassword']),
      ...refusals(reasonsNotToResetMfa(viewer, user), ['input', 'id']),
    ]);

    await removeSecondFactor(tx, user.id);
    await writeUser(tx, user, { mfaEnabled: false }, now);
    const endedSessions = await setPassword(tx, context, user.id, passwordHash);
    const updated = (await findUser(tx, viewer, user.id))!;
    const changes = [...userChanges(user, updated), PASSWORD_CHANGE];
    await recordAudit(tx, context, 'user.mfa_reset', userTarget(updated), changes);
    await queueSecurityNotice(tx, context, updated, 'second_factor_reset');
    return { user: updated, endedSessions };
  });
}
