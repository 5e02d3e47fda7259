import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny, UserError } from '../errors';
import { inputErrors } from '../input-errors';
import { invalidMfaCode } from '../sign-in/answer-challenge';
import { writeOwnSecondFactor } from '../users/change-second-factor';
import { replaceRecoveryCodes } from '../users/recovery-codes';
import { removeSecondFactor, useTotpCode } from '../users/second-factor';
import { targetUser } from '../users/target-user';
import { userTarget } from '../users/user-changes';
import { findUser, type UserView } from '../users/user-row';
import type { RemoveMfaInput, ReplaceRecoveryCodesInput } from './account.inputs';
import { proveIdentity } from './prove-identity';

/**
 * The viewer removes his own second factor, with password and code, unless it is required.
 * @throws UserErrors
 */
export async function removeOwnMfa(
  context: SignedInContext,
  input: RemoveMfaInput,
): Promise<{ user: UserView; endedSessions: number }> {
  const { database, viewer } = context;
  refuseIfAny(await inputErrors(input));
  await proveIdentity(context, input.password, 'password');
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, String(viewer.userId));
    if (!user.mfaEnabled) {
      refuseIfAny([new UserError('MFA_NOT_ENABLED', ['input'], 'You have no second factor.')]);
    }
    if (user.mfaRequired) {
      refuseIfAny([new UserError('MFA_REQUIRED', ['input'], 'You must have a second factor.')]);
    }
    if (!(await useTotpCode(tx, context, user.id, input.code))) throw invalidMfaCode('code');
    await removeSecondFactor(tx, user.id);
    const endedSessions = await writeOwnSecondFactor(tx, context, user, false);
    return { user: (await findUser(tx, viewer, user.id))!, endedSessions };
  });
}

/**
 * New recovery codes in place of the old ones, with a code.
 * @throws UserErrors
 */
export async function replaceOwnRecoveryCodes(
  context: SignedInContext,
  input: ReplaceRecoveryCodesInput,
): Promise<{ recoveryCodes: string[] }> {
  const { database, viewer } = context;
  refuseIfAny(await inputErrors(input));
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, String(viewer.userId));
    if (!user.mfaEnabled) {
      refuseIfAny([new UserError('MFA_NOT_ENABLED', ['input'], 'You have no second factor.')]);
    }
    if (!(await useTotpCode(tx, context, user.id, input.code))) throw invalidMfaCode('code');
    const recoveryCodes = await replaceRecoveryCodes(tx, context, user.id);
    await recordAudit(tx, context, 'user.recovery_codes_replaced', userTarget(user), []);
    return { recoveryCodes };
  });
}
