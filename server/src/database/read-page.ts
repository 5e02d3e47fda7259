import { requireCountLimit } from './count-limit';
import type { KeyObject } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { badUserInput } from '../errors';
import { readCursor, writeCursor } from './cursor';
import { keysetCondition, orderBy, type Condition, type SortKey } from './keyset-page';
import { select, type SqlValue } from './sql';

/** The arguments of a Relay connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A page of a list. A cursor is made only when it is asked for, because signing takes time. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(position: number): string;
  /**
   * How many rows the whole list has. Counts no further than `upTo`: a full count walks every row.
   * @throws GraphQLError BAD_USER_INPUT when `upTo` is out of range
   */
  totalCount(upTo: number): Promise<number>;
}

export interface PagedList {
  /** The statement up to its WHERE. */
  readonly select: string;
  readonly from: string;
  /** The FROM of a count, without the tables that only the columns need. */
  readonly countFrom: string;
  readonly keys: readonly SortKey[];
  /**
   * The rows of the list are those that meet one of these conditions; no row may meet two. The rows of each
   * condition are read in order from an index and then merged, for lists that no single index has in order.
   */
  readonly matching: readonly [Condition, ...Condition[]];
  /** What a cursor is good for, of a list whose conditions change with the time; else the conditions say it. */
  readonly scope?: string;
}

interface PageSource {
  readonly reader: EntityManager;
  /** What cursors are signed with. */
  readonly key: KeyObject;
}

export const DEFAULT_PAGE = 50;
export const MAXIMUM_PAGE = 100;

type SortedRow = Record<`sort_${number}`, SqlValue>;

/**
 * One page in one statement.
 * @throws GraphQLError BAD_USER_INPUT for a page size or a cursor that makes no sense
 */
export async function readPage<Row extends object>(
  source: PageSource,
  list: PagedList,
  args: PageArguments,
): Promise<Page<Row>> {
  const { keys } = list;
  const scope = scopeOf(list);
  const after = cursorValues(source.key, scope, 'after', args.after);
  const before = cursorValues(source.key, scope, 'before', args.before);
  const bounds = [
    ...(after ? [keysetCondition(keys, after, false)] : []),
    ...(before ? [keysetCondition(keys, before, true)] : []),
  ];
  const size = pageSize(args);
  const { sql, parameters } = pageStatement(list, bounds, isBackwards(args), size + 1);
  const rows = await select<Row & SortedRow>(source.reader, sql, parameters);
  return pageOf(source, list, args, rows);
}

/**
 * The first or the last page of each of these lists in one statement. They have the same columns and the same order.
 * @param args without cursors, each of which belongs to one list only
 * @throws GraphQLError BAD_USER_INPUT for a page size that makes no sense
 */
export async function readPages<Row extends object>(
  source: PageSource,
  lists: readonly PagedList[],
  args: Pick<PageArguments, 'first' | 'last'>,
): Promise<Page<Row>[]> {
  const backwards = isBackwards(args);
  const size = pageSize(args);
  const statements = lists.map((list) => pageStatement(list, [], backwards, size + 1));
  const parts = statements.map(
    ({ sql }, index) => `SELECT ${index} AS list, part_${index}.* FROM (${sql}) part_${index}`,
  );
  const keys = lists[0]?.keys ?? [];
  const merged = keys.map((key, index) => ({ ...key, sql: `sort_${index}` }));
  const rows = await select<Row & SortedRow & { list: number }>(
    source.reader,
    `SELECT * FROM (${parts.join(' UNION ALL ')}) pages ORDER BY list, ${orderBy(merged, backwards)}`,
    statements.flatMap(({ parameters }) => parameters),
  );
  return lists.map((list, index) =>
    pageOf(
      source,
      list,
      args,
      rows.filter((row) => row.list === index),
    ),
  );
}

/** @param rows in the order of the statement, one more than the page has when the list goes on */
function pageOf<Row extends object>(
  { reader, key }: PageSource,
  list: PagedList,
  args: PageArguments,
  rows: readonly (Row & SortedRow)[],
): Page<Row> {
  const { keys } = list;
  const backwards = isBackwards(args);
  const size = pageSize(args);
  const hasMore = rows.length > size;
  const nodes = rows.slice(0, size);
  if (backwards) nodes.reverse();
  return {
    nodes,
    hasNextPage: backwards ? typeof args.before === 'string' : hasMore,
    hasPreviousPage: backwards ? hasMore : typeof args.after === 'string',
    totalCount: (upTo) => countRows(reader, list, upTo),
    cursorOf: (position) => {
      const row = nodes[position]!;
      return writeCursor(
        key,
        scopeOf(list),
        keys.map((_, index) => row[`sort_${index}`] ?? null),
      );
    },
  };
}

function scopeOf({ matching, keys, scope }: PagedList): string {
  return JSON.stringify([scope ?? matching, keys]);
}

function isBackwards({ last }: PageArguments): boolean {
  return typeof last === 'number';
}

function pageStatement(
  list: PagedList,
  bounds: readonly Condition[],
  backwards: boolean,
  limit: number,
): Condition {
  const sortValues = list.keys.map((key, index) => `${key.sql} AS sort_${index}`).join(', ');
  const statements = list.matching.map((matching) => {
    const where = [matching, ...bounds].map(({ sql }) => sql).join(' AND ');
    return `${list.select}, ${sortValues} ${list.from} WHERE ${where}
     ORDER BY ${orderBy(list.keys, backwards)} LIMIT ${limit}`;
  });
  const parameters = list.matching.flatMap((matching) =>
    [matching, ...bounds].flatMap((condition) => condition.parameters),
  );
  const [only, ...others] = statements;
  if (others.length === 0) return { sql: only!, parameters };

  const merged = list.keys.map((key, index) => ({ ...key, sql: `sort_${index}` }));
  const parts = statements.map((statement, index) => `SELECT * FROM (${statement}) part_${index}`);
  return {
    sql: `SELECT * FROM (${parts.join(' UNION ALL ')}) merged
     ORDER BY ${orderBy(merged, backwards)} LIMIT ${limit}`,
    parameters,
  };
}

async function countRows(
  reader: EntityManager,
  { countFrom, matching }: PagedList,
  upTo: number,
): Promise<number> {
  requireCountLimit(upTo);
  // Each part ends by itself: MariaDB would build the whole of a UNION before it looks at the LIMIT around it.
  const parts = matching.map(
    ({ sql }, index) =>
      `SELECT counted FROM (SELECT 1 AS counted ${countFrom} WHERE ${sql} LIMIT ${upTo}) part_${index}`,
  );
  const rows = parts.join(' UNION ALL ');
  const [row] = await select<{ total: number }>(
    reader,
    `SELECT COUNT(*) AS total FROM (SELECT counted FROM (${rows}) matching LIMIT ${upTo}) limited`,
    matching.flatMap(({ parameters }) => parameters),
  );
  return row?.total ?? 0;
}

/** @throws GraphQLError BAD_USER_INPUT */
export function pageSize({ first, last }: PageArguments): number {
  if (typeof first === 'number' && typeof last === 'number') {
    throw badUserInput('bothEnds', 'last');
  }
  const [name, size] =
    typeof last === 'number' ? (['last', last] as const) : (['first', first ?? DEFAULT_PAGE] as const);
  if (size >= 1 && size <= MAXIMUM_PAGE) return size;
  throw badUserInput('outOfRange', name, { maximum: MAXIMUM_PAGE });
}

function cursorValues(
  key: KeyObject,
  scope: string,
  name: 'after' | 'before',
  cursor: string | null | undefined,
): SqlValue[] | null {
  if (typeof cursor !== 'string') return null;
  const values = readCursor(key, scope, cursor);
  if (values) return values;
  throw badUserInput('foreignCursor', name);
}
