import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny, userError, type UserError } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { invalidMfaCode } from '../mfa/invalid-mfa-code';
import { guardedAttempt } from '../throttle/attempt-guard';
import { reauthenticate } from '../sign-in/reauthenticate';
import { writeOwnMfa } from '../mfa/write-own-mfa';
import { replaceRecoveryCodes } from '../mfa/recovery-codes';
import { removeMfa, useTotpCode } from '../mfa/totp-setup';
import { findUserOrFail } from '../users/find-user';
import { userTarget } from '../users/user-changes';
import type { UserView } from '../users/user-view';
import type { RemoveMfaInput, ReplaceRecoveryCodesInput } from './account.inputs';

/**
 * Turns off MFA for the viewer, who gives their password and a code, unless it is required.
 * @throws UserErrors
 */
export async function removeOwnMfa(
  context: SignedInContext,
  input: RemoveMfaInput,
): Promise<{ user: UserView; endedSessions: number }> {
  throwIfAny(await inputErrors(input));
  throwIfAny(denialsToRemoveMfa(await ownUser(context.database.reader, context)));
  await reauthenticate(context, input.password, 'password');
  return withOwnCode(context, input.code, async (tx, user) => {
    throwIfAny(denialsToRemoveMfa(user));
    await removeMfa(tx, user.id);
    const endedSessions = await writeOwnMfa(tx, context, user, false);
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
  throwIfAny(await inputErrors(input));
  return withOwnCode(context, input.code, async (tx, user) => {
    const recoveryCodes = await replaceRecoveryCodes(tx, context, user.id);
    await recordAudit(tx, context, 'user.recovery_codes_replaced', userTarget(user), []);
    return { recoveryCodes };
  });
}

/** Runs the work in the transaction that marks a code of the viewer as used. */
async function withOwnCode<T>(
  context: SignedInContext,
  code: string,
  work: (tx: EntityManager, user: UserView) => Promise<T>,
): Promise<T> {
  const tried = await ownUser(context.database.reader, context);
  throwIfAny(denialsWithoutMfa(tried));
  const attempt = { purpose: 'mfaCode', account: { user: tried } } as const;
  const done = await guardedAttempt(context, attempt, () =>
    viewerTransaction(context, async (tx, context) => {
      const user = await ownUser(tx, context);
      return (await useTotpCode(tx, context, user.id, code)) ? { result: await work(tx, user) } : null;
    }),
  );
  if (!done) throw invalidMfaCode(['input', 'code']);
  return done.result;
}

function ownUser(reader: EntityManager, { viewer }: SignedInContext): Promise<UserView> {
  return findUserOrFail(reader, viewer, viewer.userId);
}

function denialsWithoutMfa(user: UserView): UserError[] {
  return user.mfaEnabled ? [] : [userError('MFA_NOT_ENABLED', ['input'])];
}

function denialsToRemoveMfa(user: UserView): UserError[] {
  const required = userError('MFA_REQUIRED', ['input']);
  return [...denialsWithoutMfa(user), ...(user.mfaRequired && user.mfaEnabled ? [required] : [])];
}
