import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { failure, throwIfAny } from '../errors';
import { hashPassword, passwordMatches } from './password';
import { newPasswordErrors } from './password-policy';
import { queueSecurityNotice } from '../users/security-notice';
import { setPassword } from './set-password';
import { PASSWORD_CHANGE, userChanges, userTarget, writeUser } from '../users/user-changes';
import { UserCredential } from './user-credential.entity';
import { findUserOrFail } from '../users/find-user';

export interface PasswordChange {
  /** The hash that the old password was checked against. */
  readonly currentHash: string;
  readonly newPassword: string;
  /** The path of the new password in the input. */
  readonly field: readonly string[];
  /** Throws in the transaction when the user may not change it any more. */
  readonly check?: (tx: EntityManager) => Promise<unknown>;
}

/**
 * Sets a new, different password for the viewer; their other sessions end, and a required password reset
 * is done. ASVS 6.2.2, 7.4.3.
 * @returns how many sessions have ended
 * @throws UserErrors
 */
export async function changePasswordOf(
  context: SignedInContext,
  { currentHash, newPassword, field, check }: PasswordChange,
): Promise<number> {
  const { database, passwordPolicy, viewer, now } = context;
  const owner = await findUserOrFail(database.reader, viewer, viewer.userId);
  throwIfAny(newPasswordErrors(passwordPolicy, newPassword, owner, field));
  if (await passwordMatches(context, newPassword, currentHash)) {
    throw failure('PASSWORD_UNCHANGED', field);
  }
  const passwordHash = await hashPassword(context, newPassword);

  return transaction(database, async (tx) => {
    await check?.(tx);
    const user = await findUserOrFail(tx, viewer, viewer.userId);
    // The old password, which was checked before the transaction, may have been changed since.
    const isCurrent = await tx.existsBy(UserCredential, { userId: user.id, passwordHash: currentHash });
    if (!isCurrent) throw failure('CONFLICT', field);
    await writeUser(tx, user, { forcePasswordReset: false }, now);
    const ended = await setPassword(tx, context, user.id, passwordHash);
    const updated = await findUserOrFail(tx, viewer, user.id);
    const changes = [...userChanges(user, updated), PASSWORD_CHANGE];
    await recordAudit(tx, context, 'user.password_changed', userTarget(updated), changes);
    await queueSecurityNotice(tx, context, updated, 'password_changed');
    return ended;
  });
}
