import { In, type EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { SignInThrottle } from './sign-in-throttle.entity';
import { withFailure, withoutFailure, type ThrottleLimit } from './throttle-limit';

export interface Counter {
  readonly key: string;
  /** Whose account the counter is about, if anybody's. */
  readonly userId: number | null;
  readonly limit: ThrottleLimit;
}

/** What one failure more has made of a counter. */
export interface Reservation {
  readonly counter: Counter;
  readonly blockedUntil: Date | null;
  /** Whether this is the failure that was one too many; later ones only block for longer. */
  readonly startsBlocking: boolean;
}

/**
 * Counts one failure at every counter before anything is verified, so that no number of attempts at
 * once, on any number of instances, gets more than the limit.
 * @returns null when one of the counters allows no attempt now; then nothing is counted
 */
export async function reserveAttempt(
  database: Database,
  counters: readonly Counter[],
  now: Date,
): Promise<readonly Reservation[] | null> {
  return transaction(database, async (tx) => {
    const rows = await lockRows(tx, counters, now);
    const counted = rows.map(({ counter, row }) => withFailure(counter.limit, row, now));
    const isAllowed = !counted.includes(null);
    for (const [index, { counter, row }] of rows.entries()) {
      // Also what stays as it is, so that a refused attempt takes as long as a wrong one.
      const { forgottenAt, blockedUntil } = (isAllowed && counted[index]) || row;
      await tx.update(SignInThrottle, { throttleKey: counter.key }, { forgottenAt, blockedUntil });
    }
    if (!isAllowed) return null;
    return rows.map(({ counter, row }, index) => {
      const blockedUntil = counted[index]?.blockedUntil ?? null;
      return {
        counter,
        blockedUntil,
        startsBlocking: blockedUntil !== null && row.blockedUntil === null,
      };
    });
  });
}

/** Takes back the failure that was counted in advance. */
export async function refundAttempt(
  tx: EntityManager,
  counters: readonly Counter[],
  now: Date,
): Promise<void> {
  for (const { counter, row } of await lockRows(tx, counters, now)) {
    await tx.update(SignInThrottle, { throttleKey: counter.key }, withoutFailure(counter.limit, row, now));
  }
}

export async function clearCounters(tx: EntityManager, counters: readonly Counter[]): Promise<void> {
  await tx.delete(SignInThrottle, { throttleKey: In(counters.map(({ key }) => key)) });
}

/** @returns how many counters there were */
export async function clearCountersOfUser(tx: EntityManager, userId: number): Promise<number> {
  return (await tx.delete(SignInThrottle, { userId })).affected ?? 0;
}

interface LockedRow {
  readonly counter: Counter;
  readonly row: SignInThrottle;
}

/**
 * The rows of these counters, locked until the transaction ends. By an upsert that changes nothing:
 * it locks on both engines, creates what is missing, and collides on a cluster. All rows at once and
 * in one order, so that nobody waits in a circle; and before the first SELECT, which fixes what a
 * transaction of MySQL gets to see.
 */
async function lockRows(tx: EntityManager, counters: readonly Counter[], now: Date): Promise<LockedRow[]> {
  const ordered = [...counters].sort((a, b) => (a.key < b.key ? -1 : 1));
  await tx
    .createQueryBuilder()
    .insert()
    .into(SignInThrottle)
    .values(
      ordered.map(({ key, userId }) => ({
        throttleKey: key,
        userId,
        forgottenAt: now,
        blockedUntil: null,
      })),
    )
    .orUpdate(['throttle_key'], ['throttle_key'])
    .updateEntity(false)
    .execute();
  const rows = await tx.findBy(SignInThrottle, { throttleKey: In(ordered.map(({ key }) => key)) });
  const byKey = new Map(rows.map((row) => [row.throttleKey, row]));
  return ordered.map((counter) => ({ counter, row: byKey.get(counter.key)! }));
}
