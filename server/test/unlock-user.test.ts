import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { cheapHash, failedAttemptsOf, FREE_ATTEMPTS, attempt, failToSignIn } from './failed-attempts';
import { rowsOf } from './stored-rows';

/** A new address of a stranger behind the proxy. */
let from: string;
let addresses = 0;

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let administrator: Person;
let passwordHash: string;
let user: BuiltUser;

beforeAll(async () => {
  service = await startService({ trustedProxies: ['127.0.0.1'] });
  service.stopClock();
  acme = await buildOrganization(service, 'Acme');
  globex = await buildOrganization(service, 'Globex');
  administrator = await buildPerson(service, acme, 'administrator');
  passwordHash = await cheapHash();
});
beforeEach(async () => {
  user = await buildUser(service, acme, { passwordHash });
  addresses += 1;
  from = `192.0.2.${addresses}`;
});

const lock = ({ username }: BuiltUser) => failToSignIn(service, FREE_ATTEMPTS, { username, from });

async function lockedUntil({ id }: BuiltUser, token = administrator.token) {
  const { data, errors } = await service.graphql(
    'query ($id: ID!) { user(id: $id) { id lockedUntil } }',
    { id },
    { token },
  );
  return { user: data.user, errors };
}

async function unlock(id: string, token = administrator.token) {
  const { data, errors } = await service.graphql(
    `mutation ($input: UnlockUserInput!) {
      unlockUser(input: $input) { user { id lockedUntil } userErrors { code field } } }`,
    { input: { id } },
    { token },
  );
  return { ...(data?.unlockUser as { user: object | null; userErrors: object[] }), errors };
}

test('an administrator sees until when a user is locked, and lifts it', async () => {
  const { username } = user;
  expect((await lockedUntil(user)).user.lockedUntil).toBeNull();
  await lock(user);
  const until = new Date(service.now().getTime() + 1000).toISOString();
  expect((await lockedUntil(user)).user.lockedUntil).toBe(until);
  expect((await attempt(service, { username, from })).signedIn).toBe(false);

  expect(await unlock(user.id)).toEqual({ user: { id: user.id, lockedUntil: null }, userErrors: [] });
  expect(await failedAttemptsOf(service, user)).toEqual([]);
  expect((await attempt(service, { username, from })).signedIn).toBe(true);
});

test('a lock that has ended is not shown', async () => {
  await lock(user);
  service.advance(1000);
  expect((await lockedUntil(user)).user.lockedUntil).toBeNull();
});

test('of several locks the last to end is shown, and all are lifted', async () => {
  const { username } = user;
  const { deviceCookie: cookie } = await attempt(service, { username, from });
  await failToSignIn(service, FREE_ATTEMPTS, { username, from, cookie });
  service.advance(1000);
  await failToSignIn(service, 1, { username, from, cookie });
  await failToSignIn(service, FREE_ATTEMPTS, { username, from: '192.0.2.200' });
  const until = new Date(service.now().getTime() + 2000).toISOString();
  expect((await lockedUntil(user)).user.lockedUntil).toBe(until);
  await unlock(user.id);
  expect((await attempt(service, { username, from, cookie })).signedIn).toBe(true);
});

test('who may not edit users learns nothing of locks', async () => {
  await lock(user);
  const viewer = await buildPerson(service, acme, 'viewer');
  const { user: seen, errors } = await lockedUntil(user, viewer.token);
  expect(seen).toEqual({ id: user.id, lockedUntil: null });
  expect(errors).toMatchObject([
    { path: ['user', 'lockedUntil'], extensions: { code: 'FORBIDDEN', requires: 'EDIT_USER' } },
  ]);
  expect((await unlock(user.id, viewer.token)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect(await failedAttemptsOf(service, user)).toEqual([FREE_ATTEMPTS]);
});

test('a whole page of users costs one statement more', async () => {
  const statements = jest.spyOn(service.app.database.reader, 'query');
  const page = async (fields: string) => {
    statements.mockClear();
    const document = `{ users(first: 50) { nodes { id ${fields} } } }`;
    const { data, errors } = await service.graphql<{
      users: { nodes: { id: string; lockedUntil?: string | null }[] };
    }>(document, {}, { token: administrator.token });
    expect(errors).toBeUndefined();
    return { nodes: data.users.nodes, statements: statements.mock.calls.length };
  };
  for (let more = 0; more < 12; more += 1) await buildUser(service, acme, { passwordHash });
  await lock(user);
  const plain = await page('');
  const withLocks = await page('lockedUntil');
  expect(withLocks.statements).toBe(plain.statements + 1);
  statements.mockRestore();
  const locked = withLocks.nodes.filter((node) => node.lockedUntil !== null);
  expect(locked.map(({ id }) => id)).toContain(user.id);
  expect(locked.length).toBeLessThan(withLocks.nodes.length);
});

test('unlocking is in the audit log once, and only when there was something to lift', async () => {
  const events = async () =>
    (await rowsOf(service, 'audit_event')).filter((event) => event.action === 'user.unlocked');
  const before = (await events()).length;
  expect((await unlock(user.id)).userErrors).toEqual([]);
  expect((await attempt(service, { username: user.username })).signedIn).toBe(true);
  await unlock(user.id);
  expect(await events()).toHaveLength(before);
  await lock(user);
  await unlock(user.id);
  await unlock(user.id);
  const after = await events();
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toMatchObject({
    actor_name: administrator.username,
    target_name: user.username,
    target_id: rowIdOf(user.id),
    changes: '[]',
  });
});

test.each(['', '0', '1abc', ' 1', '99999', '1e0'])('there is no user "%s" to unlock', async (id) => {
  const refused = { user: null, userErrors: [{ code: 'USER_NOT_FOUND', field: ['input', 'id'] }] };
  expect(await unlock(id)).toEqual(refused);
});

test('a user of another organization cannot be unlocked, and answers as if they did not exist', async () => {
  const foreign = await buildUser(service, globex, { passwordHash });
  await lock(foreign);
  expect((await unlock(foreign.id)).userErrors).toEqual([{ code: 'USER_NOT_FOUND', field: ['input', 'id'] }]);
  expect(await failedAttemptsOf(service, foreign)).toEqual([FREE_ATTEMPTS]);
});

test('no one unlocks a user with permissions that they lack themselves', async () => {
  const manager = await buildPerson(service, acme, 'manager');
  const boss = await buildUser(service, acme, { role: 'administrator', passwordHash });
  await lock(boss);
  expect((await unlock(boss.id, manager.token)).userErrors).toEqual([
    { code: 'USER_EXCEEDS_YOUR_PERMISSIONS', field: ['input', 'id'] },
  ]);
  expect(await failedAttemptsOf(service, boss)).toEqual([FREE_ATTEMPTS]);
});
