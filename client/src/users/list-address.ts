import type { UserSortField, UsersQueryVariables } from '../api/generated/graphql';

export const COLUMNS = {
  firstName: { label: 'First Name', field: 'FIRST_NAME' },
  lastName: { label: 'Last Name', field: 'LAST_NAME' },
  username: { label: 'Username', field: 'USERNAME' },
  phone: { label: 'Phone', field: 'PHONE' },
  role: { label: 'Role', field: 'ROLE' },
  mfa: { label: '2FA', field: 'MFA' },
} as const satisfies Record<string, { label: string; field: UserSortField }>;

export type Column = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

export const PAGE_SIZES = [25, 50, 100] as const;
const DEFAULT_SIZE = 50;

export interface ListSort {
  column: Column;
  direction: 'asc' | 'desc';
}

/** What the list shows, as it stands in the address: shared links and the back button need nothing else. */
export interface ListAddress {
  search: string;
  sort: ListSort | null;
  size: number;
  after: string | null;
  before: string | null;
}

export function readListAddress(query: URLSearchParams): ListAddress {
  const column = query.get('sort');
  const size = Number(query.get('size'));
  const after = query.get('after');
  return {
    search: query.get('q') ?? '',
    sort: isColumn(column) ? { column, direction: query.get('dir') === 'desc' ? 'desc' : 'asc' } : null,
    size: PAGE_SIZES.some((known) => known === size) ? size : DEFAULT_SIZE,
    after,
    before: after === null ? query.get('before') : null,
  };
}

export function listHref(path: string, { search, sort, size, after, before }: ListAddress): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('q', search);
  if (sort) {
    query.set('sort', sort.column);
    query.set('dir', sort.direction);
  }
  if (size !== DEFAULT_SIZE) query.set('size', String(size));
  if (after !== null) query.set('after', after);
  if (before !== null) query.set('before', before);
  return query.size > 0 ? `${path}?${query}` : path;
}

export function listVariables({ search, sort, size, after, before }: ListAddress): UsersQueryVariables {
  const order = sort
    ? ({ field: COLUMNS[sort.column].field, direction: sort.direction === 'desc' ? 'DESC' : 'ASC' } as const)
    : ({ field: 'ID', direction: 'ASC' } as const);
  return {
    ...(search !== '' && { search }),
    sort: [order],
    ...(before === null ? { first: size, ...(after !== null && { after }) } : { last: size, before }),
  };
}

/** Ascending, then descending, then back to the order of the ids. */
export function nextSort(sort: ListSort | null, column: Column): ListSort | null {
  if (sort?.column !== column) return { column, direction: 'asc' };
  return sort.direction === 'asc' ? { column, direction: 'desc' } : null;
}

function isColumn(name: string | null): name is Column {
  return name !== null && Object.hasOwn(COLUMNS, name);
}
