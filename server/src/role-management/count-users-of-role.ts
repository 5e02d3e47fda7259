import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { select } from '../database/sql';
import { badUserInput } from '../errors';

interface CountRequest {
  readonly roleId: number;
  /** Where counting stops, because a full count reads every row. */
  readonly upTo: number;
}

type Loader = DataLoader<CountRequest, number>;

const loaders = new WeakMap<RequestContext, Loader>();

const MAXIMUM_COUNT = 100_000;

/**
 * How many users have a role; the counts of one request are batched into one statement.
 * @throws GraphQLError BAD_USER_INPUT when `upTo` is out of range
 */
export function countUsersOfRole(context: RequestContext, roleId: number, upTo: number): Promise<number> {
  if (upTo < 1 || upTo > MAXIMUM_COUNT) throw badUserInput('outOfRange', 'upTo', { maximum: MAXIMUM_COUNT });
  let loader = loaders.get(context);
  if (!loader) {
    // No cache, because a later mutation of the same request may move users.
    loader = new DataLoader((requests) => readCounts(context.database.reader, requests), {
      cache: false,
      maxBatchSize: 100,
    });
    loaders.set(context, loader);
  }
  return loader.load({ roleId, upTo });
}

async function readCounts(reader: EntityManager, requests: readonly CountRequest[]): Promise<number[]> {
  const counts = requests.map(
    (_request, position) =>
      `SELECT ${position} AS position, COUNT(*) AS total
       FROM (SELECT 1 FROM user WHERE role_id = ? LIMIT ?) counted${position}`,
  );
  const rows = await select<{ position: number; total: number }>(
    reader,
    counts.join(' UNION ALL '),
    requests.flatMap(({ roleId, upTo }) => [roleId, upTo]),
  );
  const totals = new Map(rows.map(({ position, total }) => [position, total]));
  return requests.map((_request, position) => totals.get(position) ?? 0);
}
