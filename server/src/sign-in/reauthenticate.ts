import type { SignedInContext } from '../request/request-context';
import { failure } from '../errors';
import { passwordMatches } from '../passwords/password';
import { findAccountById, type Account } from '../passwords/account';
import { guardedAttempt } from '../throttle/attempt-guard';

/**
 * The viewer's account, once he has shown his password again: a session left open must not be enough
 * to take the account over. ASVS 7.5.1.
 * @throws UserErrors WRONG_PASSWORD at this field of the input
 */
export async function reauthenticate(
  context: SignedInContext,
  password: string,
  field: string,
): Promise<Account> {
  const { database, viewer } = context;
  const attempt = { purpose: 'password', account: { userId: viewer.userId } } as const;
  const account = await guardedAttempt(context, attempt, async () => {
    const found = await findAccountById(database.reader, viewer.userId);
    return (await passwordMatches(password, found?.passwordHash ?? null)) ? found : null;
  });
  if (account) return account;
  throw failure('WRONG_PASSWORD', ['input', field]);
}
