import { batchedLoad } from '../request/batched-loads';
import type { RequestContext } from '../request/request-context';
import { requireCountLimit } from '../database/count-limit';
import { select } from '../database/sql';

interface Question {
  readonly roleId: number;
  /** Where counting stops: no page shows more, and a count reads every row. */
  readonly upTo: number;
}

/**
 * How many users have a role; one statement for all roles asked for at once.
 * @throws GraphQLError BAD_USER_INPUT when `upTo` is out of range
 */
export async function countUsersOfRole(
  context: RequestContext,
  roleId: number,
  upTo: number,
): Promise<number> {
  requireCountLimit(upTo);
  return (await loadCount(context, { roleId, upTo })) ?? 0;
}

const loadCount = batchedLoad(readCounts, { maximumKeys: 100 });

async function readCounts(
  { database }: RequestContext,
  questions: readonly Question[],
): Promise<Map<Question, number>> {
  const counts = questions.map(
    (_question, position) =>
      `SELECT ${position} AS position, COUNT(*) AS total
       FROM (SELECT 1 FROM user WHERE role_id = ? LIMIT ?) counted${position}`,
  );
  const rows = await select<{ position: number; total: number }>(
    database.reader,
    counts.join(' UNION ALL '),
    questions.flatMap(({ roleId, upTo }) => [roleId, upTo]),
  );
  return new Map(rows.map(({ position, total }) => [questions[position]!, total]));
}
