import { select } from '../src/database/sql';
import { listEvents, type LogArguments } from './audit-log';
import { insertEvents } from './audit-rows';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;
let auditor: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  auditor = await buildPerson(service, acme, 'administrator');
  const users = await Promise.all(Array.from({ length: 8 }, () => buildUser(service, acme)));
  const rows = Array.from({ length: 1200 }, (_, index) => ({
    at: new Date(Date.parse('2025-03-01T00:00:00Z') + index * 60_000),
    action: (['user.signed_in', 'user.updated', 'role.updated'] as const)[index % 3],
    actorUserId: rowIdOf(users[index % 8]!.id),
    targetId: rowIdOf(users[(index * 3) % 8]!.id),
  }));
  await insertEvents(service, acme, rows);
});

interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** What `work` asks the database about events and their users. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const { reader } = service.app.database;
  const statements: Statement[] = [];
  const original = reader.query.bind(reader);
  const query = jest.spyOn(reader, 'query').mockImplementation((sql, parameters) => {
    if (!sql.includes('FROM session')) statements.push({ sql, parameters: parameters as unknown[] });
    return original(sql, parameters);
  });
  await work().finally(() => query.mockRestore());
  return statements;
}

test('a page takes one statement, one more for the count and one for all the users it names', async () => {
  const statements = await statementsOf(() => listEvents(service, auditor.token, { first: 100 }));
  expect(statements).toHaveLength(3);
  expect(statements[1]!.sql).toContain('COUNT(*)');
  expect(statements[2]!.sql).toContain('u.id IN');
});

interface UserWithHistories {
  readonly id: string;
  readonly newest: HistoryPage;
  readonly oldest: HistoryPage;
}
interface HistoryPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}
const PAGE = '{ nodes { id } pageInfo { hasNextPage hasPreviousPage } }';

test('the histories of all users of a page take one statement, and each is that of its user', async () => {
  const document = `{ users(first: 9, sort: { field: ID, direction: ASC }) { nodes {
    id newest: history(first: 3) ${PAGE} oldest: history(last: 2) ${PAGE} } } }`;
  let users: UserWithHistories[] = [];
  const statements = await statementsOf(async () => {
    const { data } = await service.graphql(document, {}, { token: auditor.token });
    users = data.users.nodes;
  });
  // One for the newest and one for the oldest, beside that of the users.
  expect(statements.filter(({ sql }) => sql.includes('audit_event'))).toHaveLength(2);
  expect(users).toHaveLength(9);
  for (const { id, newest, oldest } of users) {
    const { nodes } = await listEvents(service, auditor.token, { filter: { targetId: id }, first: 100 });
    const rest = await listEvents(service, auditor.token, { filter: { targetId: id }, last: 2 });
    expect([id, newest.nodes.map((event) => event.id)]).toEqual([
      id,
      nodes.slice(0, 3).map((event) => event.id),
    ]);
    expect([id, oldest.nodes.map((event) => event.id)]).toEqual([id, rest.nodes.map((event) => event.id)]);
    expect(newest.pageInfo).toEqual({ hasNextPage: nodes.length > 3, hasPreviousPage: false });
    expect(oldest.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: nodes.length > 2 });
  }
});

test('a size that makes no sense fails its own history only', async () => {
  const document =
    '{ users(first: 2) { nodes { a: history(first: 0) { __typename } b: history(first: 1) { __typename } } } }';
  const { data, errors } = await service.graphql(document, {}, { token: auditor.token });
  expect(data.users.nodes).toEqual(Array(2).fill({ a: null, b: { __typename: 'AuditEventConnection' } }));
  expect(errors?.map(({ extensions }) => extensions.argument)).toEqual(['first', 'first']);
});

/** The format is named because what an EXPLAIN without one answers differs between MariaDB and MySQL. */
const EXPLAIN = testEngine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN FORMAT=TRADITIONAL';

/** How the events themselves are read: the index, and whether they are sorted. */
async function planOf({ sql, parameters }: Statement): Promise<{ indexes: string[]; isSorted: boolean }> {
  const { reader } = service.app.database;
  if (testEngine === 'sqlite') {
    const rows = await select<{ id: number; parent: number; detail: string }>(
      reader,
      `${EXPLAIN} ${sql}`,
      parameters as string[],
    );
    const reads = rows.filter(({ detail }) => /^(SEARCH|SCAN) e\b/.test(detail));
    return {
      indexes: reads.map(({ detail }) => /^SEARCH e USING INDEX (\w+)/.exec(detail)?.[1] ?? detail),
      isSorted: rows.some(
        ({ detail, parent }) => detail.includes('B-TREE') && reads.some((read) => read.parent === parent),
      ),
    };
  }
  const rows = await select<{ table: string; type: string; key: string; Extra: string | null }>(
    reader,
    `${EXPLAIN} ${sql}`,
    parameters as string[],
  );
  const reads = rows.filter(({ table }) => table === 'e');
  return {
    indexes: reads.map(({ type, key }) => (type === 'range' || type === 'ref' ? key : `${type} ${key}`)),
    isSorted: reads.some(({ Extra }) => Extra?.includes('filesort')),
  };
}

const time = { from: '2025-03-01T02:00:00Z', to: '2025-03-01T12:00:00Z' };
const TIME = 'ix_audit_event_time';
const ABOUT = 'ix_audit_event_about';
const BY = 'ix_audit_event_by';
const ACTION = 'ix_audit_event_action';

test.each<[LogArguments, string, reads: number]>([
  [{}, TIME, 1],
  [time, TIME, 1],
  [{ targetId: 'user_5' }, ABOUT, 1],
  [{ targetId: 'user_5', ...time, actions: ['USER_UPDATED', 'USER_LOCKED'] }, ABOUT, 1],
  [{ targetId: 'role_5' }, ABOUT, 1],
  [{ targetId: 'nonsense' }, ABOUT, 1],
  [{ actorId: 'user_5' }, BY, 1],
  [{ actorId: 'user_5', ...time, actions: ['USER_UPDATED', 'ROLE_UPDATED'], targetType: 'ROLE' }, BY, 1],
  [{ actions: ['USER_UPDATED'] }, ACTION, 1],
  [{ actions: ['USER_UPDATED', 'ROLE_UPDATED'], ...time }, ACTION, 2],
  [{ actions: [] }, ACTION, 1],
  [{ targetType: 'ROLE' }, ACTION, 3],
])('by %j it reads the index %s in its order', async (filter, index, reads) => {
  const turn = async (args: LogArguments) => {
    const [statement] = await statementsOf(() => listEvents(service, auditor.token, { filter, ...args }));
    expect(await planOf(statement!)).toEqual({ indexes: Array<string>(reads).fill(index), isSorted: false });
  };
  await turn({ first: 5 });
  await turn({ last: 5 });
  const { pageInfo } = await listEvents(service, auditor.token, { filter, first: 5 });
  if (pageInfo.endCursor) await turn({ first: 5, after: pageInfo.endCursor });
});

test('a page deep in the log begins where the index says', async () => {
  const filter = { to: '2025-03-01T01:00:00Z' };
  const [statement] = await statementsOf(() => listEvents(service, auditor.token, { filter, first: 5 }));
  const { reader } = service.app.database;
  const plan = await select(reader, `${EXPLAIN} ${statement!.sql}`, statement!.parameters as string[]);
  // SQLite names the bounds; MariaDB and MySQL call it a range when it does not walk there from the end.
  expect(JSON.stringify(plan)).toMatch(/organization_id=\? AND at<\?|"type":"range"/);
});
