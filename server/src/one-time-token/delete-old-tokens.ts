import { LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { deleteInBatches } from '../database/delete-in-batches';
import { OneTimeToken } from './one-time-token.entity';

/** Deletes the tokens of mailed links that expired before this time, used or not. */
export function deleteOldTokens(database: Database, before: Date, stopping: AbortSignal): Promise<number> {
  const which = { where: { expiresAt: LessThan(before) }, order: { expiresAt: 'ASC' } } as const;
  return deleteInBatches(database, OneTimeToken, which, stopping);
}
