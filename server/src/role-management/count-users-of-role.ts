import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { select } from '../database/sql';
import { badUserInput } from '../errors';

interface Question {
  readonly roleId: number;
  /** Where counting stops: nobody reads past it, and a count walks every row. */
  readonly upTo: number;
}

type Loader = DataLoader<Question, number>;

const loaders = new WeakMap<RequestContext, Loader>();

const MAXIMUM_COUNT = 100_000;

/**
 * How many users have a role; one statement for all roles asked for at once.
 * @throws GraphQLError BAD_USER_INPUT when `upTo` is out of range
 */
export function countUsersOfRole(context: RequestContext, roleId: number, upTo: number): Promise<number> {
  if (upTo < 1 || upTo > MAXIMUM_COUNT) throw badUserInput('outOfRange', 'upTo', { maximum: MAXIMUM_COUNT });
  let loader = loaders.get(context);
  if (!loader) {
    // Nothing is kept: a mutation of the same request may move users.
    loader = new DataLoader((questions) => readCounts(context.database.reader, questions), {
      cache: false,
      maxBatchSize: 100,
    });
    loaders.set(context, loader);
  }
  return loader.load({ roleId, upTo });
}

async function readCounts(reader: EntityManager, questions: readonly Question[]): Promise<number[]> {
  const counts = questions.map(
    (_question, position) =>
      `SELECT ${position} AS position, COUNT(*) AS total
       FROM (SELECT 1 FROM user WHERE role_id = ? LIMIT ?) counted${position}`,
  );
  const rows = await select<{ position: number; total: number }>(
    reader,
    counts.join(' UNION ALL '),
    questions.flatMap(({ roleId, upTo }) => [roleId, upTo]),
  );
  const totals = new Map(rows.map(({ position, total }) => [position, total]));
  return questions.map((_question, position) => totals.get(position) ?? 0);
}
