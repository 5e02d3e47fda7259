import { In, LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { SignInThrottle } from './sign-in-throttle.entity';

/** Small, so that no sign-in waits long for its transaction. */
const BATCH = 200;

/** Milliseconds. */
export const PURGE_INTERVAL = 5 * 60_000;

/**
 * Deletes the counters whose failures have all expired. Without it the table would grow with every username
 * that someone makes up.
 * @returns how many were deleted
 */
export async function purgeExpiredAttempts(database: Database, now: Date): Promise<number> {
  let purged = 0;
  for (;;) {
    const rows = await database.reader.find(SignInThrottle, {
      select: { throttleKey: true },
      where: { expiresAt: LessThan(now) },
      order: { expiresAt: 'ASC' },
      take: BATCH,
    });
    if (rows.length === 0) return purged;
    const throttleKey = In(rows.map((row) => row.throttleKey));
    // The condition is repeated, because a failure may have been added since.
    await transaction(database, (tx) => tx.delete(SignInThrottle, { throttleKey, expiresAt: LessThan(now) }));
    purged += rows.length;
  }
}
