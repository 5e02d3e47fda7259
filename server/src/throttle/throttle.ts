import { In, type EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { SignInThrottle } from './sign-in-throttle.entity';
import { withFailure, withoutFailure, type ThrottleLimit } from './throttle-limit';

export interface Counter {
  readonly key: string;
  /** The user of the account, or null for an unknown username or an address. */
  readonly userId: number | null;
  readonly limit: ThrottleLimit;
}

/** A counter after a failure was counted in advance. */
export interface Reservation {
  readonly counter: Counter;
  readonly blockedUntil: Date | null;
  /** Whether this failure is the first one that blocks; later ones only block for longer. */
  readonly startsBlocking: boolean;
}

/**
 * Counts one failure at every counter before anything is verified, so that the limit also holds for many
 * attempts at once, on any number of instances.
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
      // Written even when unchanged, so that a refused attempt takes as long as a wrong one.
      const { expiresAt, blockedUntil } = (isAllowed && counted[index]) || row;
      await tx.update(SignInThrottle, { throttleKey: counter.key }, { expiresAt, blockedUntil });
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

/** Refunds the failure that was counted in advance, because the attempt succeeded. */
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
 * Reads the rows of these counters, and locks them until the transaction ends. An upsert that changes
 * nothing locks on both engines, inserts missing rows, and conflicts between the nodes of a cluster. All
 * rows are locked in one order, which prevents deadlocks, and before the first SELECT, because that fixes
 * the snapshot that a MySQL transaction reads.
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
        expiresAt: now,
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
