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

/** Whether a user has signed in before from where this request comes from. */
export async function isKnownAddress(
  reader: EntityManager,
  userId: number,
  whence: Whence,
): Promise<boolean> {
  const sql = `SELECT ${knownAddressCondition('?')} AS is_known`;
  const [row] = await select<{ is_known: number }>(reader, sql, [userId, ...knownAddressParameters(whence)]);
  return row?.is_known === 1;
}
