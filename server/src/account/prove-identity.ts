import type { SignedInContext } from '../access/request-context';
import { UserError, UserErrors } from '../errors';
import { findAccountById, type Account } from '../sign-in/account';
import { passwordMatches } from '../users/password';

/**
 * The viewer's account, once he has shown his password again: a session left open must not be enough
 * to take the account over. ASVS 7.5.1.
 * @throws UserErrors WRONG_PASSWORD at this field of the input
 */
export async function proveIdentity(
  { database, viewer }: SignedInContext,
  password: string,
  field: string,
): Promise<Account> {
  const account = await findAccountById(database.reader, viewer.userId);
  const matches = await passwordMatches(password, account?.passwordHash ?? null);
  if (account && matches) return account;
  throw new UserErrors(new UserError('WRONG_PASSWORD', ['input', field], 'This password is wrong.'));
}
