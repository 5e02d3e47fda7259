import type { GraphQLAnswer, TestService } from './harness';

export interface ListedUser {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly phone: string | null;
  readonly enabled: boolean;
  readonly mfaEnabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastSignInAt: string | null;
  readonly role: { readonly id: string; readonly name: string };
}

export interface UserPage {
  readonly nodes: readonly ListedUser[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const USERS = `query ($search: String, $filter: UserFilter, $sort: [UserSort!], $first: Int, $after: String,
    $last: Int, $before: String, $upTo: Int! = 1000) {
  users(search: $search, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    nodes { id firstName lastName username phone enabled mfaEnabled createdAt updatedAt lastSignInAt role { id name } }
    edges { cursor node { id } }
    totalCount(upTo: $upTo)
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export type ListArguments = Readonly<Record<string, unknown>>;

export function askUsers(
  service: TestService,
  token: string,
  args: ListArguments,
): Promise<GraphQLAnswer<{ users: UserPage } | null>> {
  return service.graphql(USERS, args, { token });
}

/** A page of users. Throws when the service refuses to answer. */
export async function listUsers(
  service: TestService,
  token: string,
  args: ListArguments = {},
): Promise<UserPage> {
  const { data, errors } = await askUsers(service, token, args);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data.users;
}

export const idsOf = ({ nodes }: UserPage): string[] => nodes.map(({ id }) => id);

/** Turns page after page, from the first to the last or the other way, and answers the ids in list order. */
export async function walkPages(
  service: TestService,
  token: string,
  args: ListArguments,
  size: number,
  direction: 'forwards' | 'backwards',
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const bounds: ListArguments =
      direction === 'forwards' ? { first: size, after: cursor } : { last: size, before: cursor };
    const page: UserPage = await listUsers(service, token, { ...args, ...bounds });
    if (direction === 'forwards') ids.push(...idsOf(page));
    else ids.unshift(...idsOf(page));
    const { hasNextPage, hasPreviousPage, endCursor, startCursor } = page.pageInfo;
    if (!(direction === 'forwards' ? hasNextPage : hasPreviousPage)) return ids;
    cursor = direction === 'forwards' ? endCursor : startCursor;
  }
  throw new Error('The pages never end.');
}
