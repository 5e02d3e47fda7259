import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny, UserError } from '../errors';
import { inputErrors } from '../input-errors';
import { invalidMfaCode } from '../sign-in/answer-challenge';
import { guardedAttempt } from '../sign-in/attempt-guard';
import { proveIdentity } from '../sign-in/prove-identity';
import { writeOwnSecondFactor } from '../users/change-second-factor';
import { replaceRecoveryCodes } from '../users/recovery-codes';
import { removeSecondFactor, useTotpCode } from '../users/second-factor';
import { targetUser } from '../users/target-user';
import { userTarget } from '../users/user-changes';
import type { UserView } from '../users/user-row';
import type { RemoveMfaInput, ReplaceRecoveryCodesInput } from './account.inputs';

/**
 * The viewer removes his own second factor, with password and code, unless it is required.
 * @throws UserErrors
 */
export async function removeOwnMfa(
  context: SignedInContext,
  input: RemoveMfaInput,
): Promise<{ user: UserView; endedSessions: number }> {
  refuseIfAny(await inputErrors(input));
  refuseIfAny(reasonsNotToRemove(await ownUser(context.database.reader, context)));
  await proveIdentity(context, input.password, 'password');
  return withOwnCode(context, input.code, async (tx, user) => {
    refuseIfAny(reasonsNotToRemove(user));
    await removeSecondFactor(tx, user.id);
    const endedSessions = await writeOwnSecondFactor(tx, context, user, false);
    return { user: await ownUser(tx, context), endedSessions };
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
  refuseIfAny(await inputErrors(input));
  return withOwnCode(context, input.code, async (tx, user) => {
    const recoveryCodes = await replaceRecoveryCodes(tx, context, user.id);
    await recordAudit(tx, context, 'user.recovery_codes_replaced', userTarget(user), []);
    return { recoveryCodes };
  });
}

/** Does the work in the transaction that uses a code of the viewer up. */
async function withOwnCode<T>(
  context: SignedInContext,
  code: string,
  work: (tx: EntityManager, user: UserView) => Promise<T>,
): Promise<T> {
  const { database, viewer } = context;
  refuseIfAny(reasonsWithoutMfa(await ownUser(database.reader, context)));
  const attempt = { purpose: 'mfaCode', account: { userId: viewer.userId } } as const;
  const done = await guardedAttempt(context, attempt, () =>
    transaction(database, async (tx) => {
      const user = await ownUser(tx, context);
      return (await useTotpCode(tx, context, user.id, code)) ? { result: await work(tx, user) } : null;
    }),
  );
  if (!done) throw invalidMfaCode('code');
  return done.result;
}

function ownUser(reader: EntityManager, { viewer }: SignedInContext): Promise<UserView> {
  return targetUser(reader, viewer, String(viewer.userId));
}

function reasonsWithoutMfa(user: UserView): UserError[] {
  return user.mfaEnabled ? [] : [new UserError('MFA_NOT_ENABLED', ['input'], 'You have no second factor.')];
}

function reasonsNotToRemove(user: UserView): UserError[] {
  const required = new UserError('MFA_REQUIRED', ['input'], 'You must have a second factor.');
  return [...reasonsWithoutMfa(user), ...(user.mfaRequired && user.mfaEnabled ? [required] : [])];
}
