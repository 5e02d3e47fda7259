import { ALL_AUDIT_ACTIONS, type AuditAction } from '../src/audit/audit-action';
import { transaction } from '../src/database/transaction';
import { AuditEvent } from '../src/audit/audit-event.entity';
import { askAuditLog, askHistory, listEvents, walkEvents, type LogArguments } from './audit-log';
import { insertEvents } from './audit-rows';
import { rowIdOf, buildOrganization, buildPerson, buildRole, buildUser, type Person } from './builders';
import { startService, type TestService } from './harness';
import { globalId } from '../src/global-id/global-id';

let service: TestService;
let acme: Awaited<ReturnType<typeof buildOrganization>>;
let auditor: Person;
/** Of an organization whose own events are all from today. */
let events: readonly StoredEvent[];

interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly action: AuditAction;
  readonly actorUserId: number | null;
  readonly targetId: number;
}

const START = Date.parse('2025-03-01T00:00:00Z');
const HOUR = 3_600_000;
const ACTIONS = ['user.signed_in', 'user.updated', 'role.updated', 'user.locked'] as const;

/** In no order of time, and three of them in every hour. */
function madeUpEvents(): Omit<StoredEvent, 'id'>[] {
  return Array.from({ length: 60 }, (_, index) => ({
    at: new Date(START + ((index * 7) % 20) * HOUR),
    action: ACTIONS[index % ACTIONS.length]!,
    actorUserId: index % 5 === 0 ? null : 7_000_000 + (index % 3),
    targetId: 8_000_000 + (index % 6),
  }));
}

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  const rows = madeUpEvents();
  const ids = await insertEvents(service, acme, rows);
  events = rows.map((row, index) => ({ ...row, id: ids[index]! }));
  auditor = await buildPerson(service, acme, 'administrator');
  const globex = await buildOrganization(service, 'Globex');
  await insertEvents(service, globex, rows);
});

/** The made-up events that a filter should let pass, newest first, computed independently of the server. */
function expected(passes: (event: StoredEvent) => boolean): string[] {
  return events
    .filter(passes)
    .sort((a, b) => b.at.getTime() - a.at.getTime() || rowIdOf(b.id) - rowIdOf(a.id))
    .map(({ id }) => id);
}

const from = new Date(START + 4 * HOUR);
const to = new Date(START + 11 * HOUR);
const within = ({ at }: StoredEvent) => at >= from && at < to;

const FILTERS: [name: string, filter: LogArguments, passes: (event: StoredEvent) => boolean][] = [
  ['nothing but time', {}, () => true],
  ['from, inclusive, and to, exclusive', { from, to }, within],
  [
    'the target user',
    { targetId: 'user_8000001' },
    (e) => e.targetId === 8_000_001 && e.action.startsWith('user'),
  ],
  [
    'the target user in a time',
    { targetId: 'user_8000001', from, to },
    (e) => e.targetId === 8_000_001 && within(e),
  ],
  ['the actor', { actorId: 'user_7000001' }, (e) => e.actorUserId === 7_000_001],
  ['one action', { actions: ['USER_LOCKED'] }, (e) => e.action === 'user.locked'],
  [
    'several actions, one of them twice',
    { actions: ['USER_LOCKED', 'ROLE_UPDATED', 'USER_LOCKED'] },
    (e) => e.action === 'user.locked' || e.action === 'role.updated',
  ],
  ['no action', { actions: [] }, () => false],
  ['a type of targets', { targetType: 'ROLE' }, (e) => e.action === 'role.updated'],
  ['another type of targets', { targetType: 'USER' }, (e) => e.action.startsWith('user')],
  ['a type without events', { targetType: 'ORGANIZATION' }, () => false],
  [
    'a target',
    { targetType: 'ROLE', targetId: 'role_8000002' },
    (e) => e.targetId === 8_000_002 && e.action === 'role.updated',
  ],
  [
    'a role by its id alone',
    { targetId: 'role_8000002' },
    (e) => e.targetId === 8_000_002 && e.action === 'role.updated',
  ],
  [
    'actor and actions',
    { actorId: 'user_7000001', actions: ['USER_UPDATED', 'ROLE_UPDATED'] },
    (e) => e.actorUserId === 7_000_001 && e.action.endsWith('updated'),
  ],
  [
    'actor and a type',
    { actorId: 'user_7000001', targetType: 'ROLE' },
    (e) => e.actorUserId === 7_000_001 && e.action === 'role.updated',
  ],
  ['a type and an action of another', { targetType: 'ROLE', actions: ['USER_UPDATED'] }, () => false],
  ['a user who is to be a role', { targetId: 'user_8000001', targetType: 'ROLE' }, () => false],
  [
    'everything at once',
    {
      targetId: 'user_8000001',
      targetType: 'USER',
      actorId: 'user_7000001',
      actions: ['USER_UPDATED'],
      from,
      to,
    },
    (e) =>
      e.targetId === 8_000_001 && e.actorUserId === 7_000_001 && e.action === 'user.updated' && within(e),
  ],
];

/** The made-up ones are all older than those of this test. */
const old = { to: new Date(START + 1000 * HOUR) };

test.each(FILTERS)(
  'a filter by %s answers exactly what passes, newest first',
  async (_name, filter, passes) => {
    const { nodes } = await listEvents(service, auditor.token, { filter: { ...old, ...filter }, first: 100 });
    expect(nodes.map(({ id }) => id)).toEqual(expected(passes));
  },
);

test('the filters let something pass and keep something back', () => {
  const counts = FILTERS.map(([, , passes]) => expected(passes).length);
  expect(counts.filter((count) => count > 0 && count < events.length).length).toBeGreaterThan(10);
});

describe.each(['forwards', 'backwards'] as const)('all pages %s are the whole', (direction) => {
  test.each([
    ['everything', {}, 7],
    ['one by one', { targetId: 'user_8000001' }, 1],
    ['merged from actions', { actions: ['USER_LOCKED', 'ROLE_UPDATED', 'USER_SIGNED_IN'] }, 4],
    ['merged from types', { targetId: 'user_8000002' }, 3],
  ])('%s', async (_name, filter: LogArguments, size) => {
    const all = await listEvents(service, auditor.token, { filter: { ...old, ...filter }, first: 100 });
    expect(all.nodes.length).toBeGreaterThan(size);
    expect(await walkEvents(service, auditor.token, { ...old, ...filter }, size, direction)).toEqual(
      all.nodes.map(({ id }) => id),
    );
  });
});

test('a page tells whether and where the log goes on', async () => {
  const page = await listEvents(service, auditor.token, { filter: old, first: 2 });
  expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
  expect(page.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: page.edges[0]!.cursor,
    endCursor: page.edges[1]!.cursor,
  });
});

test('what happens between two pages moves none of them', async () => {
  const before = await listEvents(service, auditor.token, { filter: old, first: 10 });
  const [newer] = await insertEvents(service, acme, [{ at: new Date(START + 500 * HOUR) }]);
  const after = { after: before.edges[4]!.cursor, first: 5 };
  const next = await listEvents(service, auditor.token, { filter: old, ...after });
  expect(next.nodes.map(({ id }) => id)).toEqual(before.nodes.slice(5).map(({ id }) => id));
  await transaction(service.app.database, (tx) => tx.delete(AuditEvent, { id: rowIdOf(newer!) }));
});

describe('what makes no sense', () => {
  const problemOf = async (args: LogArguments) => {
    const { errors } = await askAuditLog(service, auditor.token, args);
    return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.argument];
  };

  test.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['first', { first: -1 }],
    ['last', { last: 0 }],
    ['last', { first: 1, last: 1 }],
    ['after', { after: 'x' }],
    ['before', { before: '' }],
  ])('%s of %j', async (argument, args) => {
    expect(await problemOf(args)).toEqual(['BAD_USER_INPUT', argument]);
  });

  test('a cursor of another filter', async () => {
    const { pageInfo } = await listEvents(service, auditor.token, { filter: old, first: 1 });
    expect(await problemOf({ after: pageInfo.endCursor })).toEqual(['BAD_USER_INPUT', 'after']);
  });

  test.each([
    ['an action that is none', { actions: ['USER_FLEW'] }],
    ['a time that is none', { from: 'yesterday' }],
    ['a day that is none', { to: '2026-02-30T00:00:00Z' }],
    ['a type that is none', { targetType: 'DOG' }],
  ])('%s', async (_name, filter) => {
    const { errors } = await askAuditLog(service, auditor.token, { filter });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(/filter/);
  });

  test.each([
    '0',
    '-1',
    'x',
    '8000001',
    'user_8000001 ',
    'user_9999999999',
    'event_1',
    '',
    "user_1' OR '1'='1",
  ])('the id %j answers an empty list, like one that nobody has', async (id) => {
    for (const filter of [{ targetId: id }, { actorId: id }, { targetType: 'ROLE', targetId: id }]) {
      expect((await listEvents(service, auditor.token, { filter })).nodes).toEqual([]);
    }
  });
});

describe('who sees what', () => {
  test('the audit log of another organization answers nothing, by whichever id', async () => {
    const globex = await buildOrganization(service, 'Globex');
    const stranger = await buildPerson(service, globex, 'administrator');
    const own = (await listEvents(service, stranger.token)).nodes;
    expect(own.map(({ action, actor }) => [action, actor.actorId])).toEqual([
      ['USER_SIGNED_IN', stranger.id],
    ]);
    for (const filter of [
      { targetId: auditor.id },
      { actorId: auditor.id },
      { targetType: 'ROLE', targetId: acme.roles.agent },
      { targetType: 'ORGANIZATION', targetId: globalId('Organization', acme.id) },
    ]) {
      expect((await listEvents(service, stranger.token, { filter })).nodes).toEqual([]);
    }
  });

  test('nobody without the permission, and nobody who is not signed in', async () => {
    const manager = await buildPerson(service, acme, 'manager');
    const refused = await askAuditLog(service, manager.token);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requires: 'VIEW_AUDIT_LOG' });
    expect((await askAuditLog(service, null)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');

    const { data, errors } = await askHistory(service, manager.token, { id: manager.id });
    expect(data.user).toEqual({ history: null });
    expect(errors?.[0]).toMatchObject({
      path: ['user', 'history'],
      extensions: { requires: 'VIEW_AUDIT_LOG' },
    });
  });

  test('who may read the audit log but not users reads names and ids alone', async () => {
    const roleId = await buildRole(service, acme, 'Auditor', ['view_audit_log']);
    const { id, token, username } = await buildPerson(service, acme, 'agent', { roleId });
    const [event] = (await listEvents(service, token, { filter: { targetId: id } })).nodes;
    expect(event).toMatchObject({
      actor: { type: 'USER', actorId: id, name: username, user: null },
      target: { type: 'USER', targetId: id, name: username, user: null },
    });
  });
});

test("a user's history is what happened to them, page by page", async () => {
  const user = await buildUser(service, acme);
  const rows = Array.from({ length: 5 }, (_, hour) => ({
    at: new Date(START + hour * HOUR),
    actorUserId: rowIdOf(auditor.id),
    targetId: rowIdOf(user.id),
  }));
  const ids = (await insertEvents(service, acme, rows)).reverse();
  await insertEvents(service, acme, [{ at: new Date(START), actorUserId: rowIdOf(user.id) }]);
  const first = await askHistory(service, auditor.token, { id: user.id, first: 3 });
  expect(first.data.user!.history!.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 3));
  const after = first.data.user!.history!.pageInfo.endCursor;
  const second = await askHistory(service, auditor.token, { id: user.id, first: 3, after });
  expect(second.data.user!.history!.nodes.map(({ id }) => id)).toEqual(ids.slice(3));
  expect(second.data.user!.history!.pageInfo.hasNextPage).toBe(false);
});

test('what was written by the operator, or by a newer version of the service, can be read', async () => {
  await insertEvents(service, acme, [
    { at: new Date(START), actorName: 'operator', targetId: 9_000_001 },
    { at: new Date(START + 1), targetType: 'dog', action: 'dog.walked' as AuditAction, targetId: 9_000_001 },
    {
      at: new Date(START + 2),
      targetId: 9_000_001,
      changes: [
        { field: 'list', before: [], after: ['a', 'b'] },
        { field: 'number', before: 0, after: 12 },
        { field: 'switch', before: false, after: true },
        { field: 'nothing', before: null, after: '' },
      ],
    },
  ]);
  const read = async (filter: LogArguments) => (await listEvents(service, auditor.token, { filter })).nodes;
  const [changed, byOperator] = await read({ targetId: 'user_9000001' });
  expect(byOperator!.actor).toEqual({ type: 'OPERATOR', actorId: null, name: 'operator', user: null });
  expect(changed!.changes).toEqual([
    { field: 'list', before: '', after: 'a, b' },
    { field: 'number', before: '0', after: '12' },
    { field: 'switch', before: 'false', after: 'true' },
    { field: 'nothing', before: null, after: '' },
  ]);
  const at = { from: new Date(START + 1), to: new Date(START + 2) };
  expect(await read(at)).toMatchObject([
    { action: null, target: { type: null, targetId: null, user: null } },
  ]);
});

test('every action can be asked for', async () => {
  const { data } = await service.graphql(
    '{ __type(name: "AuditAction") { enumValues { name description } } }',
  );
  const values = data.__type.enumValues as { name: string; description: string | null }[];
  expect(values).toHaveLength(ALL_AUDIT_ACTIONS.length);
  expect(values.filter(({ description }) => !description)).toEqual([]);
  const actions = values.map(({ name }) => name);
  const { nodes } = await listEvents(service, auditor.token, { filter: { actions, ...old }, first: 100 });
  const all = await listEvents(service, auditor.token, { filter: old, first: 100 });
  expect(nodes).toEqual(all.nodes.filter(({ action }) => action !== null));
});
