import { select, toDate } from '../database/sql';
import { batchedLoad } from '../request/batched-loads';
import { PASSWORD_PURPOSE } from './throttle';
import type { RequestContext } from '../request/request-context';

interface LockRow {
  user_id: number;
  locked_until: Date | string;
}

/** Until when wrong passwords block a sign-in as this user; one statement for all users asked for at once. */
export const lockedUntil = batchedLoad(readLocks);

async function readLocks(
  { database, now }: RequestContext,
  userIds: readonly number[],
): Promise<Map<number, Date>> {
  const rows = await select<LockRow>(
    database.reader,
    `SELECT user_id, MAX(blocked_until) AS locked_until FROM sign_in_throttle
     WHERE user_id IN (${userIds.map(() => '?').join(', ')}) AND purpose = ? AND blocked_until > ? GROUP BY user_id`,
    [...userIds, PASSWORD_PURPOSE, now],
  );
  return new Map(rows.map((row) => [row.user_id, toDate(row.locked_until)]));
}
