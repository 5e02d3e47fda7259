import type { RequestContext } from '../access/request-context';
import { refuseIfAny, UserError, UserErrors } from '../errors';
import { inputErrors } from '../input-errors';
import { passwordMatches } from '../users/password';
import { findAccountByUsername } from './account';
import { finishSignIn, type SignInResult } from './finish-sign-in';
import type { SignInInput } from './sign-in.inputs';

/**
 * Checks username and password. An unknown username, a wrong password and a disabled user answer the
 * same and take the same. ASVS 6.3.8.
 * @throws UserErrors INVALID_CREDENTIALS
 */
export async function signIn(context: RequestContext, input: SignInInput): Promise<SignInResult> {
  refuseIfAny(await inputErrors(input));
  const account = await findAccountByUsername(context.database.reader, input.username);
  const matches = await passwordMatches(input.password, account?.passwordHash ?? null);
  if (!account || !matches || !account.user.enabled) throw invalidCredentials();

  const result = await finishSignIn(context, {
    userId: account.user.id,
    passwordChangedAt: account.passwordChangedAt.getTime(),
    hasProvenMfa: false,
    withRefreshToken: input.withRefreshToken,
  });
  if (!result) throw invalidCredentials();
  return result;
}

function invalidCredentials(): UserErrors {
  return new UserErrors(
    new UserError('INVALID_CREDENTIALS', ['input'], 'The username or the password is wrong.'),
  );
}
