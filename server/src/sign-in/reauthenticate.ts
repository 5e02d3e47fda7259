import type { SignedInContext } from '../request/request-context';
import { failure } from '../errors';
import { passwordMatches } from '../passwords/password';
import { findAccountById, type Account } from '../passwords/account';
import { triedViewer } from '../throttle/record-failed-attempt';
import { guardedAttempt } from '../throttle/attempt-guard';

/**
 * The account of the viewer, who gives their password again, so that an unattended session is not enough
 * to take the account over. ASVS 7.5.1.
 * @throws UserErrors WRONG_PASSWORD at this field of the input
 */
export async function reauthenticate(
  context: SignedInContext,
  password: string,
  field: string,
): Promise<Account> {
  const { database, viewer } = context;
  context.hashing.admit();
  const attempt = { purpose: 'password', account: { user: triedViewer(viewer) } } as const;
  const account = await guardedAttempt(context, attempt, async () => {
    const found = await findAccountById(database.reader, viewer.userId);
    return (await passwordMatches(context, password, found?.passwordHash ?? null)) ? found : null;
  });
  if (account) return account;
  throw failure('WRONG_PASSWORD', ['input', field]);
}
