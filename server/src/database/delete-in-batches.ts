import { setTimeout as delay } from 'node:timers/promises';
import { In, type EntityTarget, type FindManyOptions } from 'typeorm';
import type { Database } from './database';
import { transaction } from './transaction';

/** Small, so that no other write waits long for a lock or, on SQLite, for its turn. */
const BATCH = 1000;

/** Milliseconds. */
const PAUSE = 200;

/**
 * Deletes rows batch by batch. Several instances may do so at once; rows that another one has already deleted are
 * skipped.
 * @param which conditions that rows do not stop to meet, and an order that an index has
 * @returns how many it deleted
 */
export async function deleteInBatches<Row extends { id: number }>(
  database: Database,
  table: EntityTarget<Row>,
  which: Pick<FindManyOptions<Row>, 'where' | 'order'>,
  stopping: AbortSignal,
): Promise<number> {
  let deleted = 0;
  while (!stopping.aborted) {
    const rows = await database.reader.find(table, {
      ...which,
      select: { id: true } as FindManyOptions<Row>['select'],
      take: BATCH,
    });
    if (rows.length > 0) {
      const id = In(rows.map((row) => row.id));
      const { affected } = await transaction(database, (tx) =>
        tx.createQueryBuilder().delete().from(table).where({ id }).execute(),
      );
      deleted += affected ?? 0;
    }
    if (rows.length < BATCH) break;
    await delay(PAUSE, undefined, { signal: stopping }).catch(() => undefined);
  }
  return deleted;
}
