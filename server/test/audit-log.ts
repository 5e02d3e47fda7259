import type { GraphQLAnswer, TestService } from './harness';

export interface LoggedEvent {
  readonly id: string;
  readonly occurredAt: string;
  readonly action: string | null;
  readonly actor: { type: string; actorId: string | null; name: string; user: { id: string } | null };
  readonly target: {
    type: string | null;
    targetId: string | null;
    name: string;
    user: { id: string } | null;
  };
  readonly changes: readonly { field: string; before: string | null; after: string | null }[];
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface EventPage {
  readonly nodes: readonly LoggedEvent[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const CONNECTION = `nodes {
    id occurredAt action actor { type actorId name user { id } } target { type targetId name user { id } }
    changes { field before after } ipAddress userAgent requestId
  }
  edges { cursor node { id } }
  totalCount(upTo: $upTo)
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

const AUDIT_LOG = `query ($filter: AuditFilter, $first: Int, $after: String, $last: Int, $before: String,
    $upTo: Int! = 1000) {
  auditLog(filter: $filter, first: $first, after: $after, last: $last, before: $before) { ${CONNECTION} }
}`;

const HISTORY = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $upTo: Int! = 1000) {
  user(id: $id) {
    history(first: $first, after: $after, last: $last, before: $before) { ${CONNECTION} }
  }
}`;

export type LogArguments = Readonly<Record<string, unknown>>;

export function askAuditLog(
  service: TestService,
  token: string | null,
  args: LogArguments = {},
): Promise<GraphQLAnswer<{ auditLog: EventPage } | null>> {
  return service.graphql(AUDIT_LOG, args, { token });
}

/** A page of events. Throws when the service refuses to answer. */
export async function listEvents(
  service: TestService,
  token: string,
  args: LogArguments = {},
): Promise<EventPage> {
  const { data, errors } = await askAuditLog(service, token, args);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data.auditLog;
}

export function askHistory(
  service: TestService,
  token: string,
  args: LogArguments,
): Promise<GraphQLAnswer<{ user: { history: EventPage | null } | null }>> {
  return service.graphql(HISTORY, args, { token });
}

/** Turns page after page, from the first to the last or the other way; answers the ids in list order. */
export async function walkEvents(
  service: TestService,
  token: string,
  filter: LogArguments,
  size: number,
  direction: 'forwards' | 'backwards',
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const bounds = direction === 'forwards' ? { first: size, after: cursor } : { last: size, before: cursor };
    const page: EventPage = await listEvents(service, token, { filter, ...bounds });
    const found = page.nodes.map(({ id }) => id);
    if (direction === 'forwards') ids.push(...found);
    else ids.unshift(...found);
    const { hasNextPage, hasPreviousPage, endCursor, startCursor } = page.pageInfo;
    if (!(direction === 'forwards' ? hasNextPage : hasPreviousPage)) return ids;
    cursor = direction === 'forwards' ? endCursor : startCursor;
  }
  throw new Error('The pages never end.');
}
