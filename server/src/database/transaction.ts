import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { overloaded } from '../errors';
import type { Database } from './database';
import { driverErrorCode } from './driver-error';

const MAXIMUM_ATTEMPTS = 10;

/** For so long (ms) a write to SQLite waits for its turn, while another process writes to the file. */
const PATIENCE = 5000;

/** A row changed between its read and its conditional UPDATE; the transaction is run again. */
export class StaleRowError extends Error {}

/**
 * The one way to write. Runs `work` in one transaction and commits, or rolls all of it back.
 *
 * The whole of `work` runs again, after growing random pauses, on a deadlock, a lock wait time-out or a
 * failed certification of a cluster (MySQL 1213, 1205), on a reference to a row that another transaction has
 * just deleted (1452, 1451), on a session that was reset (1243) and on a busy SQLite file. So it must not send mail
 * or call other services.
 * On SQLite the transactions of this process wait for each other: TypeORM has one connection, and a second
 * transaction would run inside the first and be rolled back with it.
 * @throws GraphQLError OVERLOADED when no connection becomes free, or another process keeps the SQLite file, too long
 */
export async function transaction<T>(
  database: Database,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const until = performance.now() + PATIENCE;
  if (database.engine === 'mysql') return withRetries(database, work, until);

  const result = database.lastWrite.then(() => withRetries(database, work, until));
  database.lastWrite = result.catch(() => undefined);
  return result;
}

const commitListeners = new WeakMap<EntityManager, (() => void)[]>();

/** Calls the listener once this transaction is committed, not when it is rolled back. It must not throw. */
export function afterCommit(tx: EntityManager, listener: () => void): void {
  commitListeners.set(tx, [...(commitListeners.get(tx) ?? []), listener]);
}

async function withRetries<T>(
  database: Database,
  work: (tx: EntityManager) => Promise<T>,
  until: number,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runAndCommit(database, work);
    } catch (error) {
      if (driverErrorCode(error).startsWith('SQLITE_BUSY')) {
        if (performance.now() > until) throw overloaded();
      } else if (attempt >= MAXIMUM_ATTEMPTS || !isWorthRetrying(error)) throw error;
      await delay(Math.random() * 5 * 2 ** Math.min(attempt, 6));
    }
  }
}

async function runAndCommit<T>(database: Database, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  let listeners: readonly (() => void)[] = [];
  const result = await database.writer.transaction(async (tx) => {
    const worked = await work(tx);
    listeners = commitListeners.get(tx) ?? [];
    return worked;
  });
  for (const listener of listeners) listener();
  return result;
}

const RETRYABLE_CODES = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  // A referenced row has just been deleted, or a row to delete has just been referenced.
  'ER_NO_REFERENCED_ROW_2',
  'ER_ROW_IS_REFERENCED_2',
  // MariaDB, where a snapshot is not only read from; and a session that was reset, with the transaction in it.
  'ER_CHECKREAD',
  'ER_UNKNOWN_STMT_HANDLER',
]);

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof StaleRowError) return true;
  return RETRYABLE_CODES.has(driverErrorCode(error));
}
