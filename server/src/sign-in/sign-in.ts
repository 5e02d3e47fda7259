import type { RequestContext } from '../request/request-context';
import { failure, throwIfAny, type UserErrors } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { passwordMatches, pretendToMatch } from '../passwords/password';
import { findClaimedAccount } from '../passwords/account';
import { countedAttempt } from '../throttle/attempt-guard';
import { finishSignIn, type SignInResult } from './finish-sign-in';
import type { SignInInput } from './sign-in.inputs';

/**
 * Checks username and password. An unknown username, a wrong password, a disabled user and too
 * many failed attempts have the same answer and take the same time. ASVS 6.3.8.
 * @throws UserErrors INSECURE_PAGE, INVALID_CREDENTIALS
 * @throws GraphQLError OVERLOADED, RATE_LIMITED
 */
export async function signIn(context: RequestContext, input: SignInInput): Promise<SignInResult> {
  throwIfAny(await inputErrors(input));
  if (!input.withRefreshToken && !context.refreshCookie.isKept) {
    throw failure('INSECURE_PAGE', ['input'], { address: context.publicUrl });
  }
  // Before any work for it, so that a flood costs little.
  context.hashing.admit();
  const account = await findClaimedAccount(context, input.username);
  const attempt = {
    purpose: 'password',
    counted: 'signIn',
    account: account ? { user: account.user, acquaintance: account } : { username: input.username },
    decoy: () => pretendToMatch(context, input.password),
  } as const;
  const right = await countedAttempt(context, attempt, async () => {
    const matches = await passwordMatches(context, input.password, account?.passwordHash ?? null);
    return matches && account?.user.enabled ? account : null;
  });
  if (!right) throw invalidCredentials();

  const shown = {
    userId: right.verified.user.id,
    signInGeneration: right.verified.signInGeneration,
    hasProvenMfa: false,
    withRefreshToken: input.withRefreshToken,
  };
  const result = await finishSignIn(context, shown, right.settle);
  if (!result) throw invalidCredentials();
  return result;
}

function invalidCredentials(): UserErrors {
  return failure('INVALID_CREDENTIALS', ['input']);
}
