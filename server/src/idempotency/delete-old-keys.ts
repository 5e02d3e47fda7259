import { LessThan } from 'typeorm';
import type { Database } from '../database/database';
import { deleteInBatches } from '../database/delete-in-batches';
import { IdempotencyKey } from './idempotency-key.entity';

/** Deletes the idempotency keys of calls from before this time. */
export function deleteOldKeys(database: Database, before: Date, stopping: AbortSignal): Promise<number> {
  const which = { where: { createdAt: LessThan(before) }, order: { createdAt: 'ASC' } } as const;
  return deleteInBatches(database, IdempotencyKey, which, stopping);
}
