import type { SignedInContext } from '../request/request-context';
import { searchKey } from '../validation/normalize';
import { allOf, anyOf, condition, NEVER } from '../database/condition';
import type { Condition, SortKey } from '../database/keyset-page';
import { readPage, type Page, type PageArguments } from '../database/read-page';
import { containsPattern } from '../database/sql';
import { badUserInput } from '../errors';
import { findSpelledAnew } from '../invitations/invitation-condition';
import { checkFilter, filterConditions, needsJoins, type Moment } from './filter-users';
import type { UserFilter } from './user-filter.inputs';
import type { UserSort, UserSortField } from './user.inputs';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';

export interface UsersArguments extends PageArguments {
  readonly search?: string | null;
  readonly filter?: UserFilter | null;
  readonly sort?: readonly UserSort[] | null;
}

const MAXIMUM_SORTS = 5;

/** The length of the searched column; a longer text cannot be found. */
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
  UPDATED_AT: { sql: 'u.updated_at', nullable: false },
  LAST_SIGN_IN_AT: { sql: 'u.last_sign_in_at', nullable: true },
};

/** Stands for the present moment in what a cursor is good for, so that a cursor outlives it. */
const ANY_MOMENT: Moment = { now: new Date(0), spelledAnew: [] };

/**
 * One page of the organization's users in one statement.
 * @throws GraphQLError BAD_USER_INPUT for a page size, order, filter or cursor that makes no sense; FORBIDDEN
 */
export async function listUsers(context: SignedInContext, args: UsersArguments): Promise<Page<UserView>> {
  const { viewer, database, keys, now } = context;
  const filter = args.filter ?? {};
  const order = sortKeys(args.sort ?? []);
  checkFilter(viewer, filter);
  const spelledAnew = filter.invitationStates
    ? await findSpelledAnew(database.reader, viewer.organizationId)
    : [];
  const matchingAt = (moment: Moment) =>
    allOf([
      condition('u.organization_id = ?', viewer.organizationId),
      ...searchConditions(args.search ?? ''),
      ...filterConditions(filter, moment),
    ]);
  const page = await readPage<UserRow>(
    { reader: database.reader, key: keys.cursor },
    {
      select: SELECT_USERS,
      from: FROM_USERS,
      countFrom: needsJoins(filter) ? FROM_USERS : 'FROM user u',
      keys: order,
      matching: [matchingAt({ now, spelledAnew })],
      scope: JSON.stringify(matchingAt(ANY_MOMENT)),
    },
    args,
  );
  return { ...page, nodes: toUserViews(page.nodes) };
}

/** The keys in the given order, and last the id, which makes the order unambiguous. */
function sortKeys(sort: readonly UserSort[]): SortKey[] {
  if (sort.length > MAXIMUM_SORTS) {
    throw badUserInput('tooMany', 'sort', { maximum: MAXIMUM_SORTS, things: 'fields' });
  }
  const fields = sort.map(({ field }) => field);
  if (new Set(fields).size < fields.length) throw badUserInput('repeatedSort', 'sort');

  const keys = sort.map(({ field, direction }) => ({ ...SORT_COLUMNS[field], direction }));
  // In the direction of the first key, so that one index serves the whole order.
  if (!fields.includes('ID')) keys.push({ ...SORT_COLUMNS.ID, direction: keys[0]?.direction ?? 'ASC' });
  return keys;
}

function searchConditions(search: string): Condition[] {
  const term = searchKey(search);
  if (term.length > MAXIMUM_SEARCH) return [NEVER];
  if (!term) return [];
  const digits = phoneDigits(term);
  return [
    anyOf([
      condition("u.search_text LIKE ? ESCAPE '!'", containsPattern(term)),
      ...(digits ? [condition("u.phone_key LIKE ? ESCAPE '!'", containsPattern(digits))] : []),
    ]),
  ];
}

/** What is searched for in phone numbers, however they are grouped; empty for what is no part of one. */
function phoneDigits(term: string): string {
  return /^[+\d ().\-/]+$/.test(term) ? term.replace(/[^+\d]/g, '') : '';
}
