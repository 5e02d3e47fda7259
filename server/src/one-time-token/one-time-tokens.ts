import { createHash, randomBytes } from 'node:crypto';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { OneTimeToken } from './one-time-token.entity';

type Purpose = OneTimeToken['purpose'];

const BYTES = 32;

/** Creates a token, and revokes all earlier ones of its purpose. Only its hash is stored. */
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

/** The id of the user whose valid token this is, or null. */
export async function readOneTimeToken(
  reader: EntityManager,
  purpose: Purpose,
  text: string,
  now: Date,
): Promise<number | null> {
  const token = await reader.findOneBy(OneTimeToken, isGood(purpose, text, now));
  return token?.userId ?? null;
}

/** Whether the token that a user was given at this time works. */
export function isStillGood(
  reader: EntityManager,
  token: Pick<OneTimeToken, 'userId' | 'purpose' | 'createdAt'>,
  now: Date,
): Promise<boolean> {
  return reader.existsBy(OneTimeToken, { ...token, usedAt: IsNull(), expiresAt: MoreThan(now) });
}

/** Marks the token as used, and tells whether it was valid; true for only one of several requests at once. */
export async function useOneTimeToken(
  tx: EntityManager,
  purpose: Purpose,
  text: string,
  now: Date,
): Promise<boolean> {
  const { affected } = await tx.update(OneTimeToken, isGood(purpose, text, now), { usedAt: now });
  return affected === 1;
}

/** Revokes the token of every link that was mailed to this user. */
export async function revokeOneTimeTokens(tx: EntityManager, userId: number, now: Date): Promise<void> {
  await tx.update(OneTimeToken, { userId, usedAt: IsNull() }, { usedAt: now });
}

function isGood(purpose: Purpose, text: string, now: Date) {
  return { tokenHash: hashOf(text), purpose, usedAt: IsNull(), expiresAt: MoreThan(now) };
}

/** Without a salt, which 256 random bits do not need. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
