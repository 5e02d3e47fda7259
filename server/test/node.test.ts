import {
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { globalId } from '../src/global-id/global-id';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let agent: Person;
let colleague: BuiltUser;
let foreigner: BuiltUser;

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  agent = await buildPerson(service, acme, 'agent');
  colleague = await buildUser(service, acme);
  foreigner = await buildUser(service, await buildOrganization(service, 'Globex'));
});

const read = (id: string, { token }: Pick<Person, 'token'> = administrator) =>
  service.graphql(NODE, { id }, { token });

async function ownSession({ token }: Person): Promise<string> {
  const { data } = await service.graphql('{ viewer { sessions { nodes { id } } } }', {}, { token });
  return data.viewer.sessions.nodes[0].id as string;
}

async function latestEvent(): Promise<string> {
  const query = '{ auditLog(first: 1) { nodes { id } } }';
  const { data } = await service.graphql(query, {}, { token: administrator.token });
  return data.auditLog.nodes[0].id as string;
}

test.each([
  ['User', () => colleague.id],
  ['Role', () => acme.roles.manager],
  ['Organization', () => globalId('Organization', acme.id)],
  ['ViewerSession', () => ownSession(administrator)],
  ['AuditEvent', latestEvent],
])('a %s is read again by its id', async (type, idOf) => {
  const id = await idOf();
  expect((await read(id)).data).toEqual({ node: { __typename: type, id } });
});

test('no two objects of different types have one id', async () => {
  const query = `{
    viewer { organization { id } sessions { nodes { id } } }
    users(first: 100) { nodes { id role { id } } }
    roles { id }
    auditLog(first: 100) { nodes { id actor { actorId } } }
  }`;
  const { data } = await service.graphql(query, {}, { token: administrator.token });
  const prefixes = (ids: string[]) => new Set(ids.map((id) => id.replace(/_[1-9]\d*$/, '')));
  type Identified = { id: string; role?: Identified; actor?: { actorId: string } };
  const users = data.users.nodes as Identified[];
  expect(prefixes(users.map(({ id }) => id))).toEqual(new Set(['user']));
  expect(prefixes(users.map(({ role }) => role!.id))).toEqual(new Set(['role']));
  expect(prefixes((data.roles as Identified[]).map(({ id }) => id))).toEqual(new Set(['role']));
  expect(prefixes([data.viewer.organization.id as string])).toEqual(new Set(['organization']));
  expect(prefixes((data.viewer.sessions.nodes as Identified[]).map(({ id }) => id))).toEqual(
    new Set(['session']),
  );
  const events = data.auditLog.nodes as Identified[];
  expect(prefixes(events.map(({ id }) => id))).toEqual(new Set(['event']));
  expect(prefixes(events.map(({ actor }) => actor!.actorId))).toEqual(new Set(['user']));
});

test('the fields of what node answers keep their guards', async () => {
  const query = `query ($id: ID!) { node(id: $id) {
    ... on User { username lockedUntil role { permissions } }
  } }`;
  const { data, errors } = await service.graphql(query, { id: agent.id }, { token: agent.token });
  expect(data).toEqual({
    node: { username: agent.username, lockedUntil: null, role: { permissions: null } },
  });
  expect(errors?.map(({ extensions }) => extensions.requires).sort()).toEqual(['EDIT_USER', 'VIEW_USERS']);
});

test('whoever may not see users reads themselves, their role and their organization, and is told what the rest needs', async () => {
  for (const id of [agent.id, acme.roles.agent, globalId('Organization', acme.id)]) {
    expect((await read(id, agent)).data.node).toMatchObject({ id });
  }
  for (const [id, requires] of [
    [colleague.id, 'VIEW_USERS'],
    ['user_2147480000', 'VIEW_USERS'],
    [foreigner.id, 'VIEW_USERS'],
    [acme.roles.manager, 'VIEW_USERS'],
    [await latestEvent(), 'VIEW_AUDIT_LOG'],
    ['event_2147480000', 'VIEW_AUDIT_LOG'],
  ] as const) {
    const { data, errors } = await read(id, agent);
    expect(data).toEqual({ node: null });
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', requires });
  }
});

test("another user's session is nobody's", async () => {
  expect(await read(await ownSession(agent))).toMatchObject({ data: { node: null } });
});

test('nodes answers in the order of the ids, null for what is not there, and an error only in the place of what is denied', async () => {
  const ids = [colleague.id, 'nonsense', acme.roles.agent, foreigner.id, colleague.id, agent.id];
  const answer = await service.graphql(NODES, { ids }, { token: administrator.token });
  const user = (id: string) => ({ __typename: 'User', id });
  expect(answer.errors).toBeUndefined();
  expect(answer.data.nodes).toEqual([
    user(colleague.id),
    null,
    { __typename: 'Role', id: acme.roles.agent },
    null,
    user(colleague.id),
    user(agent.id),
  ]);

  const { data, errors } = await service.graphql(
    NODES,
    { ids: [agent.id, colleague.id] },
    { token: agent.token },
  );
  expect(data.nodes).toEqual([user(agent.id), null]);
  expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'FORBIDDEN' } }]);
});

test('nodes takes a hundred ids, and reads those of one type in one statement', async () => {
  const statements = jest.spyOn(service.app.database.reader, 'query');
  const hundred = Array.from({ length: 100 }, (_, index) => `user_${index + 1}`);
  const { data } = await service.graphql(NODES, { ids: hundred }, { token: administrator.token });
  expect(data.nodes).toHaveLength(100);
  // One for the viewer, one for all users.
  expect(statements).toHaveBeenCalledTimes(2);
  statements.mockRestore();

  const { errors } = await service.graphql(
    NODES,
    { ids: [...hundred, 'user_101'] },
    { token: administrator.token },
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'ids' });
});
