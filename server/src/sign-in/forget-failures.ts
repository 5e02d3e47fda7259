import { In, LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { SignInThrottle } from './sign-in-throttle.entity';

/** Small, so that no sign-in waits long for its turn. */
const BATCH = 200;

const EVERY = 5 * 60_000;

/**
 * Forgets failures every few minutes.
 * @returns how to stop it; resolves when nothing is under way any more
 */
export function keepForgettingFailures(
  database: Database,
  clock: () => Date,
  report: (error: unknown) => void,
): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(() => forgetFailures(database, clock())).catch(report);
  }, EVERY).unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/**
 * Deletes the counters whose last failure is forgotten: a stranger can make up usernames for ever.
 * @returns how many there were
 */
export async function forgetFailures(database: Database, now: Date): Promise<number> {
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
