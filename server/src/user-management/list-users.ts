import type { SignedInContext } from '../request/request-context';
import { searchKey } from '../validation/normalize';
import type { Condition, SortKey } from '../database/keyset-page';
import { readPage, type Page, type PageArguments } from '../database/read-page';
import { containsPattern, type SqlValue } from '../database/sql';
import { badUserInput } from '../errors';
import type { UserFilter, UserSort, UserSortField } from './user.inputs';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';
import { parseGlobalId } from '../global-id/global-id';

export interface UsersArguments extends PageArguments {
  readonly search?: string | null;
  readonly filter?: UserFilter | null;
  readonly sort?: readonly UserSort[] | null;
}

const MAXIMUM_SORTS = 5;

/** Far below the number of placeholders that a statement may have. */
const MAXIMUM_ROLES = 1000;

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
  LAST_SIGN_IN_AT: { sql: 'u.last_sign_in_at', nullable: true },
};

/**
 * One page of the organization's users in one statement.
 * @throws GraphQLError BAD_USER_INPUT for a page size, order or cursor that makes no sense
 */
export async function listUsers(context: SignedInContext, args: UsersArguments): Promise<Page<UserView>> {
  const keys = sortKeys(args.sort ?? []);
  const matching = matchingUsers(context.viewer.organizationId, args);
  const page = await readPage<UserRow>(
    { reader: context.database.reader, key: context.keys.cursor },
    { select: SELECT_USERS, from: FROM_USERS, countFrom: 'FROM user u', keys, matching: [matching] },
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

function matchingUsers(organizationId: number, { search, filter }: UsersArguments): Condition {
  const conditions = ['u.organization_id = ?'];
  const parameters: SqlValue[] = [organizationId];
  const term = searchKey(search ?? '');
  if (term.length > MAXIMUM_SEARCH) conditions.push('1 = 0');
  else if (term) {
    const digits = phoneDigits(term);
    conditions.push(`(u.search_text LIKE ? ESCAPE '!'${digits ? " OR u.phone_key LIKE ? ESCAPE '!'" : ''})`);
    parameters.push(containsPattern(term), ...(digits ? [containsPattern(digits)] : []));
  }
  if (filter?.roleIds) {
    if (filter.roleIds.length > MAXIMUM_ROLES) {
      throw badUserInput('tooMany', 'filter', { maximum: MAXIMUM_ROLES, things: 'roles' });
    }
    const ids = [...new Set(filter.roleIds.map((id) => parseGlobalId('Role', id)))].filter(
      (id) => id !== null,
    );
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

/** What is searched for in phone numbers, however they are grouped; empty for what is no part of one. */
function phoneDigits(term: string): string {
  return /^[+\d ().\-/]+$/.test(term) ? term.replace(/[^+\d]/g, '') : '';
}
