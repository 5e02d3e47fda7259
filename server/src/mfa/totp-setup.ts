import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { encrypt, decrypt } from '../crypto/encryption';
import { RecoveryCode } from './recovery-code.entity';
import { matchingTotpStep, newTotpSecret } from './totp';
import { UserTotp } from './user-totp.entity';

/** For so long (ms) another start of the setup shows the same secret: it may be in the app already. */
const REPEAT_WINDOW = 900_000;

/**
 * The secret to set up: that of an unconfirmed setup that has just begun, so that a reload or a second tab does
 * not make the one wrong that was scanned, or else a new one. The row of the user must be locked. Whatever ends
 * the sessions of a user also discards an unconfirmed secret.
 */
export async function secretToSetUp(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
): Promise<string> {
  const begun = await tx.findOneBy(UserTotp, {
    userId,
    confirmedAt: IsNull(),
    createdAt: MoreThan(new Date(context.now.getTime() - REPEAT_WINDOW)),
  });
  return (begun && readSecret(context, begun)) ?? beginMfaSetup(tx, context, userId);
}

/** Stores a new unconfirmed secret, in place of an earlier one, and returns it. */
export async function beginMfaSetup(
  tx: EntityManager,
  { keys, now }: Pick<RequestContext, 'keys' | 'now'>,
  userId: number,
): Promise<string> {
  const secret = newTotpSecret();
  await tx.delete(UserTotp, { userId });
  await tx.insert(UserTotp, {
    userId,
    encryptedSecret: encrypt(keys.totp, ownerOf(userId), secret),
    lastUsedStep: null,
    confirmedAt: null,
    createdAt: now,
  });
  return secret;
}

/** Confirms the secret of the MFA setup, and tells whether the code belonged to it. */
export function confirmMfaSetup(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
  code: string,
): Promise<boolean> {
  return useCode(tx, context, userId, code, 'unconfirmed');
}

/** Marks the code as used, and tells whether it was an unused code of the user's authenticator app. */
export function useTotpCode(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
  code: string,
): Promise<boolean> {
  return useCode(tx, context, userId, code, 'confirmed');
}

async function useCode(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
  code: string,
  state: 'confirmed' | 'unconfirmed',
): Promise<boolean> {
  const row = await tx.findOneBy(UserTotp, { userId });
  if (!row || (row.confirmedAt !== null) !== (state === 'confirmed')) return false;
  const { now } = context;
  const secret = readSecret(context, row);
  const step = secret === null ? null : matchingTotpStep(secret, code, now);
  if (step === null) return false;

  // Conditional, so that only one of two requests with the same code at once changes the row.
  const { affected } = await tx
    .createQueryBuilder()
    .update(UserTotp)
    .set({ lastUsedStep: step, ...(state === 'unconfirmed' ? { confirmedAt: now } : {}) })
    .where('userId = :userId AND encryptedSecret = :encryptedSecret', row)
    .andWhere('(lastUsedStep IS NULL OR lastUsedStep < :step)', { step })
    .andWhere(state === 'unconfirmed' ? 'confirmedAt IS NULL' : 'confirmedAt IS NOT NULL')
    .execute();
  return affected === 1;
}

/**
 * Null when it cannot be decrypted. Every code of the user is then wrong; only the operator can fix that,
 * so the log tells them how.
 */
function readSecret({ keys, log }: RequestContext, { userId, encryptedSecret }: UserTotp): string | null {
  try {
    return decrypt(keys.totp, ownerOf(userId), encryptedSecret);
  } catch (error) {
    log.error(
      { err: error, userId },
      `The TOTP secret of user ${userId} cannot be decrypted: SECRET is not the one with which it was set up, ` +
        'or its row in user_totp was changed. Start with the old SECRET, or let an administrator reset their MFA.',
    );
    return null;
  }
}

/** Deletes the TOTP secret and the recovery codes of a user. */
export async function removeMfa(tx: EntityManager, userId: number): Promise<void> {
  await tx.delete(UserTotp, { userId });
  await tx.delete(RecoveryCode, { userId });
}

function ownerOf(userId: number): string {
  return `totp:${userId}`;
}
