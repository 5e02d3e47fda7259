import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten } from './stored-rows';
import { mutate, readUser, errorCodeOf } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let administrator: Person;
let manager: Person;
let user: BuiltUser;
let foreigner: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  globex = await buildOrganization(service, 'Globex');
  administrator = await buildPerson(service, acme, 'administrator');
  manager = await buildPerson(service, acme, 'manager');
  foreigner = await buildUser(service, globex);
});
beforeEach(async () => {
  user = await buildUser(service, acme, { firstName: 'Ada', lastName: 'Lovelace' });
});

const update = (input: Record<string, unknown>, token = administrator.token) =>
  mutate(service, token, 'updateUser', { id: user.id, ...input });
const read = () => readUser(service, administrator.token, user.id);

test.each<[field: string, value: unknown, shown: Record<string, unknown>]>([
  ['firstName', 'Grace', { firstName: 'Grace' }],
  ['lastName', 'Hopper', { lastName: 'Hopper' }],
  ['username', 'grace.hopper@example.com', { username: 'grace.hopper@example.com' }],
  ['phone', '+44 20 7946 0000', { phone: '+44 20 7946 0000' }],
  ['forcePasswordReset', true, { forcePasswordReset: true }],
  ['forceMfa', true, { forceMfa: true, mfaRequired: true }],
])('changes %s, and nothing but it', async (field, value, shown) => {
  const before = (await read())!;
  const { user: after, problems, endedSessions } = await update({ [field]: value });
  expect(problems).toEqual([]);
  expect(endedSessions).toBe(0);
  expect(after).toEqual({ ...before, ...shown, version: 2 });
  expect(await read()).toEqual(after);
});

test('changes the role', async () => {
  const before = (await read())!;
  const { user: after } = await update({ roleId: acme.roles.manager });
  expect(after).toEqual({ ...before, role: { id: acme.roles.manager, name: 'manager' }, version: 2 });
});

test('what a switch turned on, the same switch turns off', async () => {
  await update({ forcePasswordReset: true, forceMfa: true });
  const { user: after } = await update({ forcePasswordReset: false, forceMfa: false });
  expect(after).toMatchObject({ forcePasswordReset: false, forceMfa: false, version: 3 });
});

test('a change that changes nothing writes nothing', async () => {
  const same = {
    firstName: ' Ada ',
    lastName: 'Lovelace',
    username: user.username,
    roleId: acme.roles.agent,
  };
  await expectNothingWritten(service, async () => {
    expect((await update({})).user?.version).toBe(1);
    expect((await update(same)).user?.version).toBe(1);
  });
});

test('null is no value for any field, unlike leaving it out', async () => {
  const fields = [
    'firstName',
    'forceMfa',
    'forcePasswordReset',
    'lastName',
    'password',
    'phone',
    'roleId',
    'username',
  ];
  await expectNothingWritten(service, async () => {
    const { problems } = await update(Object.fromEntries(fields.map((field) => [field, null])));
    expect(problems.filter((problem) => problem.endsWith(' REQUIRED'))).toEqual(
      fields.map((field) => `input.${field} REQUIRED`),
    );
  });
});

test('a user without a phone keeps none until one is given', async () => {
  user = await buildUser(service, acme, { phone: null });
  expect((await update({ firstName: 'Grace' })).user?.phone).toBeNull();
  expect((await update({ phone: '112' })).user?.phone).toBe('112');
});

test('tells every problem at once and keeps every field', async () => {
  await expectNothingWritten(service, async () => {
    const { user: after, problems } = await update({
      firstName: '',
      lastName: 'x'.repeat(101),
      username: administrator.username,
      password: 'short',
      phone: 'none',
      roleId: globex.roles.agent,
      expectedVersion: 7,
    });
    expect(after).toBeNull();
    expect(problems).toEqual([
      'input.expectedVersion CONFLICT',
      'input.firstName REQUIRED',
      'input.lastName TOO_LONG',
      'input.password PASSWORD_NEEDS_UPPERCASE',
      'input.password PASSWORD_TOO_SHORT',
      'input.phone INVALID_PHONE',
      'input.roleId ROLE_NOT_FOUND',
      'input.username USERNAME_TAKEN',
    ]);
  });
});

const NOWHERE = [
  '999999',
  '0',
  '-1',
  '1abc',
  '1e0',
  ' 1',
  '01',
  '',
  '2147483648',
  '9007199254740993',
  "1' OR 1=1 --",
];

test.each(NOWHERE)('the user "%s" does not exist, as little as one of another organization', async (id) => {
  await expectNothingWritten(service, async () => {
    const missing = await update({ id, firstName: 'Eve' });
    expect(missing.problems).toEqual(['input.id USER_NOT_FOUND']);
    expect(missing).toEqual(await update({ id: foreigner.id, firstName: 'Eve' }));
  });
  expect(await readUser(service, administrator.token, id)).toBeNull();
  expect(await readUser(service, administrator.token, foreigner.id)).toBeNull();
});

test('gives no role of another organization and none that does not exist', async () => {
  await expectNothingWritten(service, async () => {
    for (const roleId of [globex.roles.agent, '999999', '0', '1abc', ' 1', `${acme.roles.manager} `]) {
      expect((await update({ roleId })).problems).toEqual(['input.roleId ROLE_NOT_FOUND']);
    }
  });
});

test('no one hands out a role with permissions that they lack', async () => {
  await expectNothingWritten(service, async () => {
    const { problems } = await update({ roleId: acme.roles.administrator }, manager.token);
    expect(problems).toEqual(['input.roleId ROLE_EXCEEDS_YOUR_PERMISSIONS']);
  });
  expect((await update({ roleId: acme.roles.viewer }, manager.token)).problems).toEqual([]);
});

test('no one changes a user with permissions that they lack', async () => {
  await expectNothingWritten(service, async () => {
    for (const change of [{ firstName: 'Eve' }, { password: 'New-Password' }, { roleId: acme.roles.agent }]) {
      const { problems } = await update({ id: administrator.id, ...change }, manager.token);
      expect(problems).toEqual(['input.id USER_EXCEEDS_YOUR_PERMISSIONS']);
    }
  });
});

test('no one changes their own role, but they may change their other fields', async () => {
  await expectNothingWritten(service, async () => {
    const { problems } = await update({ id: administrator.id, roleId: acme.roles.manager });
    expect(problems).toContain('input.roleId CANNOT_CHANGE_OWN_ROLE');
  });
  expect(
    (await update({ id: manager.id, phone: '112', roleId: acme.roles.manager }, manager.token)).problems,
  ).toEqual([]);
});

test('a new role counts on the very next request', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const canList = () =>
    service.graphql('{ users { nodes { id } } }', {}, { token: person.token }).then(({ errors }) => !errors);
  expect(await canList()).toBe(true);
  await update({ id: person.id, roleId: acme.roles.agent });
  expect(await canList()).toBe(false);
  await update({ id: person.id, roleId: acme.roles.manager });
  expect(await canList()).toBe(true);
});

test('editing needs edit_user', async () => {
  const roleId = await buildRole(service, acme, 'adds and views', [
    'view_users',
    'add_user',
    'set_user_enabled',
  ]);
  const { token } = await buildPerson(service, acme, 'agent', { roleId });
  expect(await errorCodeOf(service, token, 'updateUser', { id: user.id, firstName: 'Eve' })).toBe(
    'FORBIDDEN',
  );
});
