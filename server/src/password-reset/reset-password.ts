import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { failure, throwIfAny, type UserErrors } from '../errors';
import { readOneTimeToken, useOneTimeToken } from '../one-time-token/one-time-tokens';
import { findAccountById, type Account } from '../passwords/account';
import { clearPasswordCounters } from '../throttle/throttle';
import { actingAs } from '../users/acting-as';
import { hashPassword, passwordMatches } from '../passwords/password';
import { newPasswordErrors } from '../passwords/password-policy';
import { queueSecurityNotice } from '../users/security-notice';
import { setPassword } from '../passwords/set-password';
import { PASSWORD_CHANGE, userChanges, userTarget, writeUser } from '../users/user-changes';
import { findUserOrFail } from '../users/find-user';
import type { ResetPasswordInput } from './password-reset.inputs';

const PURPOSE = 'password_reset';

/**
 * Sets a new password with the link from a mail. All sessions end; MFA stays on and is asked for at the next
 * sign-in. The link stays valid when the password is refused. ASVS 6.4.1, 6.4.3.
 * @throws UserErrors
 */
export async function resetPassword(
  context: RequestContext,
  { token, newPassword }: ResetPasswordInput,
): Promise<object> {
  const { database, passwordPolicy, now } = context;
  const { user, passwordHash: oldHash } = await accountOfToken(database.reader, token, now);
  const field = ['input', 'newPassword'];
  throwIfAny(newPasswordErrors(passwordPolicy, newPassword, user, field));
  if (user.forcePasswordReset && (await passwordMatches(context, newPassword, oldHash))) {
    throw failure('PASSWORD_UNCHANGED', field);
  }
  const passwordHash = await hashPassword(context, newPassword);

  return transaction(database, async (tx) => {
    const { user: before } = await accountOfToken(tx, token, now);
    if (!(await useOneTimeToken(tx, PURPOSE, token, now))) throw invalidToken();
    const acting = actingAs(context, before);
    await writeUser(tx, before, { forcePasswordReset: false }, now);
    await setPassword(tx, acting, before.id, passwordHash);
    // Earlier wrong passwords must not block the sign-in with the new one. Wrong codes stay counted.
    await clearPasswordCounters(tx, before.id, now);
    const after = await findUserOrFail(tx, before, before.id);
    const changes = [...userChanges(before, after), PASSWORD_CHANGE];
    await recordAudit(tx, acting, 'user.password_reset', userTarget(after), changes);
    await queueSecurityNotice(tx, context, after, 'password_changed');
    return {};
  });
}

/** @throws UserErrors INVALID_TOKEN, the same for an unknown, expired or used one and for a disabled user */
async function accountOfToken(reader: EntityManager, token: string, now: Date): Promise<Account> {
  const userId = await readOneTimeToken(reader, PURPOSE, token, now);
  const account = userId === null ? null : await findAccountById(reader, userId);
  if (!account?.user.enabled) throw invalidToken();
  return account;
}

function invalidToken(): UserErrors {
  return failure('INVALID_TOKEN', ['input', 'token']);
}
