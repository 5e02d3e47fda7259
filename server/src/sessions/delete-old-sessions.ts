import { LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { deleteInBatches } from '../database/delete-in-batches';
import { Session } from './session.entity';

/** Deletes the sessions that could not have lasted beyond this time; what was known of their addresses goes too. */
export function deleteOldSessions(database: Database, before: Date, stopping: AbortSignal): Promise<number> {
  const which = { where: { expiresAt: LessThan(before) }, order: { expiresAt: 'ASC' } } as const;
  return deleteInBatches(database, Session, which, stopping);
}
