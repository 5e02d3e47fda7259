import { transaction } from '../src/database/transaction';
import { User } from '../src/users/user.entity';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { rowsOf, storedRows } from './stored-rows';
import { mutate, errorCodeOf } from './user-mutations';

const SECRET_PASSWORD = 'Canary-Password-7f3a';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, acme, 'administrator');
});

const newUser = () => ({
  firstName: 'Ada',
  lastName: 'Lovelace',
  username: 'ada.audited@example.com',
  password: SECRET_PASSWORD,
  phone: '112',
  roleId: acme.roles.agent,
});

/** The one event that `work` has written. */
async function eventOf(work: () => Promise<unknown>) {
  const before = await rowsOf(service, 'audit_event');
  await work();
  const after = await rowsOf(service, 'audit_event');
  expect(after).toHaveLength(before.length + 1);
  expect(after.slice(0, -1)).toEqual(before);
  const event = after.at(-1)!;
  return { ...event, changes: JSON.parse(String(event.changes)) as unknown };
}

test('the life of a user is one event for each mutation, with what was before and after', async () => {
  let id = '';
  const created = await eventOf(async () => {
    id = (await mutate(service, administrator.token, 'createUser', newUser())).user!.id;
  });
  const common = {
    organization_id: acme.id,
    actor_user_id: rowIdOf(administrator.id),
    actor_name: administrator.username,
    target_type: 'user',
    target_id: rowIdOf(id),
    target_name: 'ada.audited@example.com',
    address: '127.0.0.1',
  };
  expect(created).toMatchObject({
    ...common,
    action: 'user.created',
    target_version: 1,
    changes: [
      { field: 'firstName', before: null, after: 'Ada' },
      { field: 'lastName', before: null, after: 'Lovelace' },
      { field: 'username', before: null, after: 'ada.audited@example.com' },
      { field: 'phone', before: null, after: '112' },
      { field: 'role', before: null, after: 'agent' },
      { field: 'enabled', before: null, after: true },
      { field: 'mfaEnabled', before: null, after: false },
      { field: 'forceMfa', before: null, after: false },
      { field: 'forcePasswordReset', before: null, after: false },
    ],
  });

  const updated = await eventOf(() =>
    mutate(service, administrator.token, 'updateUser', {
      id,
      firstName: 'Grace',
      phone: '112',
      roleId: acme.roles.viewer,
      forceMfa: true,
      password: `${SECRET_PASSWORD}2`,
    }),
  );
  expect(updated).toMatchObject({
    ...common,
    action: 'user.updated',
    target_version: 2,
    changes: [
      { field: 'firstName', before: 'Ada', after: 'Grace' },
      { field: 'role', before: 'agent', after: 'viewer' },
      { field: 'forceMfa', before: false, after: true },
      { field: 'password', before: null, after: null },
    ],
  });

  const setEnabled = (enabled: boolean) => () =>
    mutate(service, administrator.token, 'setUserEnabled', { id, enabled });
  expect(await eventOf(setEnabled(false))).toMatchObject({
    ...common,
    action: 'user.disabled',
    target_version: 3,
    changes: [{ field: 'enabled', before: true, after: false }],
  });
  expect(await eventOf(setEnabled(true))).toMatchObject({
    ...common,
    action: 'user.enabled',
    target_version: 4,
    changes: [{ field: 'enabled', before: false, after: true }],
  });

  await transaction(service.app.database, (tx) => tx.update(User, { id: rowIdOf(id) }, { mfaEnabled: true }));
  const reset = await eventOf(() =>
    mutate(service, administrator.token, 'resetMfa', { id, newPassword: `${SECRET_PASSWORD}3` }),
  );
  expect(reset).toMatchObject({
    ...common,
    action: 'user.mfa_reset',
    target_version: 5,
    changes: [
      { field: 'mfaEnabled', before: true, after: false },
      { field: 'password', before: null, after: null },
    ],
  });
});

test('an event tells when, from where and with what it was done', async () => {
  const user = await buildUser(service, acme);
  const event = await eventOf(() =>
    service.graphql(
      `mutation { updateUser(input: { id: "${user.id}", phone: "911" }) { user { id } } }`,
      {},
      { token: administrator.token, headers: { 'user-agent': `test/${'x'.repeat(1000)}` } },
    ),
  );
  expect(event).toMatchObject({
    user_agent: `test/${'x'.repeat(395)}`,
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const at = (event as Record<string, unknown>).at as string | Date;
  const time = new Date(at instanceof Date ? at : `${at.replace(' ', 'T')}Z`).getTime();
  expect(Math.abs(Date.now() - time)).toBeLessThan(10_000);
});

test('a forged X-Forwarded-For changes nothing', async () => {
  const user = await buildUser(service, acme);
  const event = await eventOf(() =>
    service.graphql(
      `mutation { updateUser(input: { id: "${user.id}", phone: "911" }) { user { id } } }`,
      {},
      {
        token: administrator.token,
        headers: { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' },
      },
    ),
  );
  expect(event).toMatchObject({ address: '127.0.0.1' });
});

test('what was refused leaves no event', async () => {
  const agent = await buildPerson(service, acme, 'agent');
  const before = await rowsOf(service, 'audit_event');
  await mutate(service, administrator.token, 'createUser', { ...newUser(), phone: '' });
  await mutate(service, administrator.token, 'updateUser', { id: '999999', phone: '112' });
  await mutate(service, administrator.token, 'setUserEnabled', { id: administrator.id, enabled: false });
  await mutate(service, administrator.token, 'resetMfa', { id: agent.id, newPassword: SECRET_PASSWORD });
  await errorCodeOf(service, agent.token, 'updateUser', { id: agent.id, phone: '112' });
  expect(await rowsOf(service, 'audit_event')).toEqual(before);
});

test('of twenty edits at once, each has its event', async () => {
  const user = await buildUser(service, acme);
  const before = await rowsOf(service, 'audit_event');
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      mutate(service, administrator.token, 'updateUser', { id: user.id, firstName: `Name ${index}` }),
    ),
  );
  const events = (await rowsOf(service, 'audit_event')).slice(before.length);
  expect(events.map((event) => event.target_version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  const changes = events.map(
    (event) => (JSON.parse(String(event.changes)) as { before: string; after: string }[])[0]!,
  );
  changes.slice(1).forEach((change, index) => expect(change.before).toBe(changes[index]!.after));
});

test('no table holds a password or a token, and no event a hash', async () => {
  const { token } = await buildPerson(service, acme, 'viewer');
  const tables = await storedRows(service);
  const everything = JSON.stringify(tables);
  expect(everything).toContain('ada.audited@example.com');
  expect(everything).not.toContain(SECRET_PASSWORD);
  expect(everything).not.toContain(token.split('.')[2]);
  expect(JSON.stringify(tables.audit_event)).not.toMatch(/argon2|\$v=/);
});
