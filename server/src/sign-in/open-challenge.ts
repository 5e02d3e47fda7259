import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { failure, type UserErrors } from '../errors';
import { findProvenAccount, type Account } from '../passwords/account';
import { readChallenge, type ChallengeClaims } from './challenge-token';
import { remainingSteps, type SignInStep } from './sign-in-steps';

export interface OpenChallenge {
  readonly account: Account;
  readonly claims: ChallengeClaims;
}

/**
 * The sign-in of a challenge token, if its next step is this one. To be read again in the transaction that
 * answers the step, because the user may have been disabled or changed since.
 * @throws UserErrors INVALID_CHALLENGE, WRONG_STEP
 */
export async function openChallenge(
  tx: EntityManager,
  { keys, now }: RequestContext,
  token: string,
  step: SignInStep,
): Promise<OpenChallenge> {
  const claims = readChallenge(keys.challenge, token, now);
  const account = claims && (await findProvenAccount(tx, claims));
  if (!account) throw invalidChallenge();
  if (remainingSteps(account.user, claims.hasProvenMfa)[0] !== step) {
    throw failure('WRONG_STEP', ['input']);
  }
  return { account, claims };
}

export function invalidChallenge(): UserErrors {
  return failure('INVALID_CHALLENGE', ['input', 'challengeToken']);
}
