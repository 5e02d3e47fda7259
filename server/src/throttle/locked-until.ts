import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { select, toDate } from '../database/sql';

interface LockRow {
  user_id: number;
  locked_until: Date | string;
}

type LockLoader = DataLoader<number, Date | null>;

const loaders = new WeakMap<RequestContext, LockLoader>();

/** Until when failed attempts block sign-ins of this user; the lookups of one request are batched. */
export function lockedUntil(context: RequestContext, userId: number): Promise<Date | null> {
  let loader = loaders.get(context);
  if (!loader) {
    // No cache, because a later mutation of the same request may unlock the user.
    loader = new DataLoader((userIds) => readLocks(context.database.reader, userIds, context.now), {
      cache: false,
    });
    loaders.set(context, loader);
  }
  return loader.load(userId);
}

async function readLocks(
  reader: EntityManager,
  userIds: readonly number[],
  now: Date,
): Promise<(Date | null)[]> {
  const rows = await select<LockRow>(
    reader,
    `SELECT user_id, MAX(blocked_until) AS locked_until FROM sign_in_throttle
     WHERE user_id IN (${userIds.map(() => '?').join(', ')}) AND blocked_until > ? GROUP BY user_id`,
    [...userIds, now],
  );
  const locks = new Map(rows.map((row) => [row.user_id, toDate(row.locked_until)]));
  return userIds.map((userId) => locks.get(userId) ?? null);
}
