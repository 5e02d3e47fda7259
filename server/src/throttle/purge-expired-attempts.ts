import { In, LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { SignInThrottle } from './sign-in-throttle.entity';

/** Small, so that no sign-in waits long for its turn. */
const BATCH = 200;

/** Milliseconds. */
export const PURGE_INTERVAL = 5 * 60_000;

/**
 * Deletes the counters whose last failure is forgotten: a stranger can make up usernames for ever.
 * @returns how many there were
 */
export async function purgeExpiredAttempts(database: Database, now: Date): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const rows = await database.reader.find(SignInThrottle, {
      select: { throttleKey: true },
      where: { forgottenAt: LessThan(now) },
      order: { forgottenAt: 'ASC' },
      take: BATCH,
    });
    if (rows.length === 0) return forgotten;
    const throttleKey = In(rows.map((row) => row.throttleKey));
    // The time again: a failure may have been added since.
    await transaction(database, (tx) =>
      tx.delete(SignInThrottle, { throttleKey, forgottenAt: LessThan(now) }),
    );
    forgotten += rows.length;
  }
}
