import { LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { deleteInBatches } from '../database/delete-in-batches';
import { AuditEvent } from './audit-event.entity';

/** Milliseconds. */
export const EXPIRY_INTERVAL = 60 * 60_000;

/**
 * Deletes the events from before this time.
 * @returns how many it deleted
 */
export function deleteExpiredEvents(
  database: Database,
  before: Date,
  stopping: AbortSignal,
): Promise<number> {
  const which = { where: { at: LessThan(before) }, order: { at: 'ASC' } } as const;
  return deleteInBatches(database, AuditEvent, which, stopping);
}
