import { createHmac, randomInt, type KeyObject } from 'node:crypto';
import { IsNull, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { RecoveryCode } from './recovery-code.entity';

const COUNT = 10;
const LENGTH = 10;

/** What payloads say about new codes. */
export const RECOVERY_CODES =
  `${COUNT} codes, each of which works once in place of a code of the app; shown this once only. ` +
  'Null when the mutation was refused.';

/** Crockford's base32, which has no characters that look alike. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Ten new recovery codes (50 bits each) in place of all earlier ones. Only their HMACs are kept.
 * @returns the codes as XXXXX-XXXXX, to be shown once
 */
export async function replaceRecoveryCodes(
  tx: EntityManager,
  { keys, now }: RequestContext,
  userId: number,
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await tx.delete(RecoveryCode, { userId });
  await tx.insert(
    RecoveryCode,
    codes.map((code) => ({
      userId,
      codeHash: hashOf(keys.recoveryCode, userId, code),
      usedAt: null,
      createdAt: now,
    })),
  );
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Marks the code as used, and tells whether it was an unused code of this user. */
export async function useRecoveryCode(
  tx: EntityManager,
  { keys, now }: RequestContext,
  userId: number,
  typed: string,
): Promise<boolean> {
  const codeHash = hashOf(keys.recoveryCode, userId, normalized(typed));
  const { affected } = await tx.update(RecoveryCode, { userId, codeHash, usedAt: IsNull() }, { usedAt: now });
  return affected === 1;
}

export function countRecoveryCodes(reader: EntityManager, userId: number): Promise<number> {
  return reader.countBy(RecoveryCode, { userId, usedAt: IsNull() });
}

function newCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Ignores case and separators and reads O as 0, I and L as 1, as Crockford specifies. */
function normalized(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

function hashOf(key: KeyObject, userId: number, code: string): string {
  return createHmac('sha256', key).update(`${userId}:${code}`).digest('hex');
}
