import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { encrypt, decrypt } from '../crypto/encryption';
import { RecoveryCode } from './recovery-code.entity';
import { matchingTotpStep, newTotpSecret } from './totp';
import { UserTotp } from './user-totp.entity';

/** Begins an enrolment, in place of one that was begun and never confirmed. */
export async function beginMfaSetup(
  tx: EntityManager,
  { keys, now }: Pick<RequestContext, 'keys' | 'now'>,
  userId: number,
): Promise<string> {
  const secret = newTotpSecret();
  await tx.delete(UserTotp, { userId });
  await tx.insert(UserTotp, {
    userId,
    sealedSecret: encrypt(keys.totp, ownerOf(userId), secret),
    lastUsedStep: null,
    confirmedAt: null,
    createdAt: now,
  });
  return secret;
}

/** Whether the code proves that the user's app holds the secret of the enrolment begun; it then is confirmed. */
export function confirmMfaSetup(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
  code: string,
): Promise<boolean> {
  return useCode(tx, context, userId, code, 'unconfirmed');
}

/** Whether this is a code of the user's second factor that was not used yet; it then is used. */
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

  // Conditional: of two instances that got the same code at once, one changes the row.
  const { affected } = await tx
    .createQueryBuilder()
    .update(UserTotp)
    .set({ lastUsedStep: step, ...(state === 'unconfirmed' ? { confirmedAt: now } : {}) })
    .where('userId = :userId AND sealedSecret = :sealedSecret', row)
    .andWhere('(lastUsedStep IS NULL OR lastUsedStep < :step)', { step })
    .andWhere(state === 'unconfirmed' ? 'confirmedAt IS NULL' : 'confirmedAt IS NOT NULL')
    .execute();
  return affected === 1;
}

/**
 * Null when it cannot be read. To the user every code then is wrong: he can do nothing about it, but the
 * operator can, and is told.
 */
function readSecret({ keys, log }: RequestContext, { userId, sealedSecret }: UserTotp): string | null {
  try {
    return decrypt(keys.totp, ownerOf(userId), sealedSecret);
  } catch (error) {
    log.error(
      { err: error, userId },
      `The second factor of user ${userId} cannot be read: SECRET is not the one with which it was set up, ` +
        'or its row in user_totp was changed. Start with the old SECRET, or let an administrator disable it.',
    );
    return null;
  }
}

/** Removes the second factor with its recovery codes. */
export async function removeMfa(tx: EntityManager, userId: number): Promise<void> {
  await tx.delete(UserTotp, { userId });
  await tx.delete(RecoveryCode, { userId });
}

function ownerOf(userId: number): string {
  return `totp:${userId}`;
}
