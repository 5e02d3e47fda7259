import type { RequestContext, SignedInContext } from '../access/request-context';
import { readCursor, writeCursor } from '../database/cursor';
import { searchKey } from '../database/fold';
import { beyond, orderBy, type Condition, type SortKey } from '../database/keyset-page';
import { containsPattern, parseId, select, type SqlValue } from '../database/sql';
import { badUserInput } from '../errors';
import type { UserFilter, UserSort, UserSortField } from './user.inputs';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from './user-row';

export interface UsersArguments {
  readonly search?: string | null;
  readonly filter?: UserFilter | null;
  readonly sort?: readonly UserSort[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A page of users; cursors are made only for the rows whose cursor is asked for. */
export interface UserPage {
  readonly nodes: readonly UserView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(position: number): string;
  /** Counts no further than `upTo`: a full count has no place on the way of a page. */
  totalCount(upTo: number): Promise<number>;
}

const DEFAULT_PAGE = 50;
const MAXIMUM_PAGE = 100;
const MAXIMUM_SORTS = 5;
const MAXIMUM_COUNT = 100_000;

/** Far below the number of placeholders that a statement may have. */
const MAXIMUM_ROLES = 1000;

/** Longer than the longest name and username together, so nothing can contain it. */
const MAXIMUM_SEARCH = 640;

const SORT_COLUMNS: Record<UserSortField, { sql: string; nullable: boolean }> = {
  ID: { sql: 'u.id', nullable: false },
  FIRST_NAME: { sql: 'u.first_name_key', nullable: false },
  LAST_NAME: { sql: 'u.last_name_key', nullable: false },
  USERNAME: { sql: 'u.username_sort_key', nullable: false },
  PHONE: { sql: 'u.phone_key', nullable: false },
  ROLE: { sql: 'r.name_key', nullable: false },
  MFA: { sql: 'u.mfa_enabled', nullable: false },
  ENABLED: { sql: 'u.enabled', nullable: false },
  CREATED_AT: { sql: 'u.created_at', nullable: false },
  LAST_SIGN_IN_AT: { sql: 'u.last_sign_in_at', nullable: true },
};

type SortedRow = UserRow & Record<`sort_${number}`, SqlValue>;

/**
 * One page of the organization's users in one statement.
 * @throws GraphQLError BAD_USER_INPUT for a page size, order or cursor that makes no sense
 */
export async function listUsers(context: SignedInContext, args: UsersArguments): Promise<UserPage> {
  const keys = sortKeys(args.sort ?? []);
  const matching = matchingUsers(context.viewer.organizationId, args);
  const scope = JSON.stringify([matching, keys]);
  const backwards = typeof args.last === 'number';
  const size = pageSize(args);
  const { after, before } = cursorsOf(context, scope, args);

  const conditions = [
    matching,
    ...(after ? [beyond(keys, after, false)] : []),
    ...(before ? [beyond(keys, before, true)] : []),
  ];
  const sortValues = keys.map((key, index) => `${key.sql} AS sort_${index}`).join(', ');
  const rows = await select<SortedRow>(
    context.database.reader,
    `${SELECT_USERS}, ${sortValues} ${FROM_USERS} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY ${orderBy(keys, backwards)} LIMIT ${size + 1}`,
    conditions.flatMap(({ parameters }) => parameters),
  );

  const hasMore = rows.length > size;
  const page = rows.slice(0, size);
  if (backwards) page.reverse();
  return {
    nodes: toUserViews(page),
    hasNextPage: backwards ? before !== null : hasMore,
    hasPreviousPage: backwards ? hasMore : after !== null,
    cursorOf: (position) => cursorOfRow(context, scope, keys, page[position]!),
    totalCount: (upTo) => countUsers(context, matching, upTo),
  };
}

/** The keys in the order asked for, and the id last: it makes every order total. */
function sortKeys(sort: readonly UserSort[]): SortKey[] {
  if (sort.length > MAXIMUM_SORTS) throw badUserInput('sort', `sort takes at most ${MAXIMUM_SORTS} fields.`);
  const fields = sort.map(({ field }) => field);
  if (new Set(fields).size < fields.length) throw badUserInput('sort', 'sort names a field twice.');

  const keys = sort.map(({ field, direction }) => ({ ...SORT_COLUMNS[field], direction }));
  // The same way as the first key, so that one index serves the whole order.
  if (!fields.includes('ID')) keys.push({ ...SORT_COLUMNS.ID, direction: keys[0]?.direction ?? 'ASC' });
  return keys;
}

function matchingUsers(organizationId: number, { search, filter }: UsersArguments): Condition {
  const conditions = ['u.organization_id = ?'];
  const parameters: SqlValue[] = [organizationId];
  const term = searchKey(search ?? '');
  if (term.length > MAXIMUM_SEARCH) conditions.push('1 = 0');
  else if (term) {
    conditions.push("u.search_text LIKE ? ESCAPE '!'");
    parameters.push(containsPattern(term));
  }
  if (filter?.roleId) {
    if (filter.roleId.length > MAXIMUM_ROLES) {
      throw badUserInput('filter', `filter takes at most ${MAXIMUM_ROLES} roles.`);
    }
    const ids = [...new Set(filter.roleId.map(parseId))].filter((id) => id !== null);
    conditions.push(ids.length > 0 ? `u.role_id IN (${ids.map(() => '?').join(', ')})` : '1 = 0');
    parameters.push(...ids);
  }
  if (typeof filter?.enabled === 'boolean') {
    conditions.push('u.enabled = ?');
    parameters.push(filter.enabled);
  }
  if (typeof filter?.mfaEnabled === 'boolean') {
    conditions.push('u.mfa_enabled = ?');
    parameters.push(filter.mfaEnabled);
  }
  return { sql: conditions.join(' AND '), parameters };
}

function pageSize({ first, last }: UsersArguments): number {
  if (typeof first === 'number' && typeof last === 'number') {
    throw badUserInput('last', 'Give either first or last, not both.');
  }
  const [name, size] =
    typeof last === 'number' ? (['last', last] as const) : (['first', first ?? DEFAULT_PAGE] as const);
  if (size >= 1 && size <= MAXIMUM_PAGE) return size;
  throw badUserInput(name, `${name} must be from 1 to ${MAXIMUM_PAGE}.`);
}

function cursorsOf({ keys }: RequestContext, scope: string, { after, before }: UsersArguments) {
  const read = (name: 'after' | 'before', cursor: string | null | undefined): SqlValue[] | null => {
    if (typeof cursor !== 'string') return null;
    const values = readCursor(keys.cursor, scope, cursor);
    if (values) return values;
    throw badUserInput(
      name,
      `${name} is not a cursor of this list: order, search and filter must be the same.`,
    );
  };
  return { after: read('after', after), before: read('before', before) };
}

function cursorOfRow(
  { keys: secrets }: RequestContext,
  scope: string,
  keys: readonly SortKey[],
  row: SortedRow,
): string {
  return writeCursor(
    secrets.cursor,
    scope,
    keys.map((_, index) => row[`sort_${index}`] ?? null),
  );
}

async function countUsers({ database }: RequestContext, matching: Condition, upTo: number): Promise<number> {
  if (upTo < 1 || upTo > MAXIMUM_COUNT) {
    throw badUserInput('upTo', `upTo must be from 1 to ${MAXIMUM_COUNT}.`);
  }
  const [row] = await select<{ total: number }>(
    database.reader,
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM user u WHERE ${matching.sql} LIMIT ${upTo}) counted`,
    matching.parameters,
  );
  return row?.total ?? 0;
}
