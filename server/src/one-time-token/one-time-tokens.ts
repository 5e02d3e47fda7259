import { createHash, randomBytes } from 'node:crypto';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { OneTimeToken } from './one-time-token.entity';

type Purpose = OneTimeToken['purpose'];

const BYTES = 32;

/** A new token in place of all earlier ones of its purpose. Only its hash is kept. */
export async function issueOneTimeToken(
  tx: EntityManager,
  token: { readonly userId: number; readonly purpose: Purpose; readonly now: Date; readonly expiresAt: Date },
): Promise<string> {
  const { userId, purpose, now, expiresAt } = token;
  await tx.update(OneTimeToken, { userId, purpose, usedAt: IsNull() }, { usedAt: now });
  const text = randomBytes(BYTES).toString('base64url');
  await tx.insert(OneTimeToken, {
    userId,
    purpose,
    tokenHash: hashOf(text),
    createdAt: now,
    expiresAt,
    usedAt: null,
  });
  return text;
}

/** How many tokens of this purpose the user was given since then, used or not. */
export function countOneTimeTokens(
  tx: EntityManager,
  userId: number,
  purpose: Purpose,
  since: Date,
): Promise<number> {
  return tx.countBy(OneTimeToken, { userId, purpose, createdAt: MoreThan(since) });
}

/** Whose token this is, when it is still good. */
export async function readOneTimeToken(
  reader: EntityManager,
  purpose: Purpose,
  text: string,
  now: Date,
): Promise<number | null> {
  const token = await reader.findOneBy(OneTimeToken, isGood(purpose, text, now));
  return token?.userId ?? null;
}

/** Whether it was still good; it then is used. Of several who use it at once, one changes the row. */
export async function useOneTimeToken(
  tx: EntityManager,
  purpose: Purpose,
  text: string,
  now: Date,
): Promise<boolean> {
  const { affected } = await tx.update(OneTimeToken, isGood(purpose, text, now), { usedAt: now });
  return affected === 1;
}

/** Makes every link worthless that this user was mailed. */
export async function revokeOneTimeTokens(tx: EntityManager, userId: number, now: Date): Promise<void> {
  await tx.update(OneTimeToken, { userId, usedAt: IsNull() }, { usedAt: now });
}

function isGood(purpose: Purpose, text: string, now: Date) {
  return { tokenHash: hashOf(text), purpose, usedAt: IsNull(), expiresAt: MoreThan(now) };
}

/** Without a salt: 256 random bits cannot be guessed. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
