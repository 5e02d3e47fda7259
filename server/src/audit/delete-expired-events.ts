import { setTimeout as delay } from 'node:timers/promises';
import { In, LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { AuditEvent } from './audit-event.entity';

/** Small, so that no other write waits long for a lock or, on SQLite, for its turn. */
const BATCH = 1000;

/** Milliseconds. */
const PAUSE = 200;

/** Milliseconds. */
export const EXPIRY_INTERVAL = 60 * 60_000;

/**
 * Deletes the events from before this time, batch by batch. Several instances may do so at once; events
 * that another one has already deleted are skipped.
 * @returns how many it deleted
 */
export async function deleteExpiredEvents(
  database: Database,
  before: Date,
  stopping: AbortSignal,
): Promise<number> {
  let deleted = 0;
  while (!stopping.aborted) {
    const rows = await database.reader.find(AuditEvent, {
      select: { id: true },
      where: { at: LessThan(before) },
      order: { at: 'ASC' },
      take: BATCH,
    });
    if (rows.length > 0) {
      const id = In(rows.map((row) => row.id));
      const { affected } = await transaction(database, (tx) => tx.delete(AuditEvent, { id }));
      deleted += affected ?? 0;
    }
    if (rows.length < BATCH) break;
    await delay(PAUSE, undefined, { signal: stopping }).catch(() => undefined);
  }
  return deleted;
}
