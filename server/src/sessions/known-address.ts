import type { EntityManager } from 'typeorm';
import { select, type SqlValue } from '../database/sql';
import type { RequestContext } from '../request/request-context';

/** For so long (ms) after a sign-in from there an address is known. */
const KNOWN_FOR = 90 * 86_400_000;

type Whence = Pick<RequestContext, 'origin' | 'now'>;

/**
 * The SQL condition that a user has signed in from an address before; see knownAddressParameters.
 * @param userId the SQL expression of the user's id
 */
export function knownAddressCondition(userId: string): string {
  return `EXISTS (SELECT 1 FROM session known
    WHERE known.user_id = ${userId} AND known.address = ? AND known.created_at > ?)`;
}

export function knownAddressParameters({ origin, now }: Whence): SqlValue[] {
  return [origin.address, new Date(now.getTime() - KNOWN_FOR)];
}

/** Whence a sign-in of a user comes, as far as they have been there. */
export interface Acquaintance {
  /** Whether they have signed in from this address before. */
  readonly isKnownAddress: boolean;
  /** Which devices they have signed in with are known for. */
  readonly signInGeneration: number;
}

/** Null when there is no such user. */
export async function findAcquaintance(
  reader: EntityManager,
  userId: number,
  whence: Whence,
): Promise<Acquaintance | null> {
  const [row] = await select<{ is_known: number; sign_in_generation: number }>(
    reader,
    `SELECT ${knownAddressCondition('u.id')} AS is_known, u.sign_in_generation FROM user u WHERE u.id = ?`,
    [...knownAddressParameters(whence), userId],
  );
  return row ? { isKnownAddress: row.is_known === 1, signInGeneration: row.sign_in_generation } : null;
}
