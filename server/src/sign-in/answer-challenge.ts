import { invalidMfaCode } from '../mfa/invalid-mfa-code';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { failure } from '../errors';
import { actingAs } from '../users/acting-as';
import { changePasswordOf } from '../passwords/change-password-of';
import { useRecoveryCode } from '../mfa/recovery-codes';
import { useTotpCode } from '../mfa/totp-setup';
import { guardedAttempt, type AttemptPurpose } from '../throttle/attempt-guard';
import type { AnswerSignInChallengeInput } from './challenge.inputs';
import { afterSessionsEnded, type ChallengeClaims } from './challenge-token';
import { finishSignIn, type SignInResult } from './finish-sign-in';
import { invalidChallenge, openChallenge } from './open-challenge';

/**
 * Answers the first step of a challenge: the next challenge, or the session.
 * @throws UserErrors
 */
export async function answerSignInChallenge(
  context: RequestContext,
  input: AnswerSignInChallengeInput,
): Promise<SignInResult> {
  const result = await finishSignIn(context, await answerStep(context, input));
  if (!result) throw invalidChallenge();
  return result;
}

/** Checks the answer, and returns the claims of the sign-in after it. */
function answerStep(context: RequestContext, input: AnswerSignInChallengeInput): Promise<ChallengeClaims> {
  const { challengeToken, answer } = input;
  const { mfaCode, recoveryCode, newPassword } = answer;
  if (mfaCode !== undefined) return enterMfaCode(context, challengeToken, mfaCode);
  if (recoveryCode !== undefined) return enterRecoveryCode(context, challengeToken, recoveryCode);
  return changePassword(context, challengeToken, newPassword ?? '');
}

async function enterMfaCode(context: RequestContext, token: string, code: string): Promise<ChallengeClaims> {
  const claims = await attempt(context, 'mfaCode', token, (tx, userId) =>
    useTotpCode(tx, context, userId, code),
  );
  if (!claims) throw invalidMfaCode(['input', 'answer', 'mfaCode']);
  return claims;
}

async function enterRecoveryCode(
  context: RequestContext,
  token: string,
  code: string,
): Promise<ChallengeClaims> {
  const claims = await attempt(context, 'recoveryCode', token, (tx, userId) =>
    useRecoveryCode(tx, context, userId, code),
  );
  if (claims) return claims;
  throw failure('INVALID_RECOVERY_CODE', ['input', 'answer', 'recoveryCode']);
}

/** Null when the code was wrong, or after too many failed attempts. ASVS 6.6.3. */
async function attempt(
  context: RequestContext,
  purpose: AttemptPurpose,
  token: string,
  use: (tx: EntityManager, userId: number) => Promise<boolean>,
): Promise<ChallengeClaims | null> {
  const { database } = context;
  const { user } = (await openChallenge(database.reader, context, token, 'ENTER_MFA_CODE')).account;
  return guardedAttempt(context, { purpose, account: { user } }, () =>
    transaction(database, async (tx) => {
      const { claims } = await openChallenge(tx, context, token, 'ENTER_MFA_CODE');
      return (await use(tx, user.id)) ? { ...claims, hasProvenMfa: true } : null;
    }),
  );
}

async function changePassword(
  context: RequestContext,
  token: string,
  newPassword: string,
): Promise<ChallengeClaims> {
  const { account, claims } = await openChallenge(context.database.reader, context, token, 'CHANGE_PASSWORD');
  const { user, passwordHash } = account;
  await changePasswordOf(actingAs(context, user), {
    currentHash: passwordHash,
    newPassword,
    field: ['input', 'answer', 'newPassword'],
    check: (tx) => openChallenge(tx, context, token, 'CHANGE_PASSWORD'),
  });
  return afterSessionsEnded(claims);
}
