import {
  buildOrganization,
  buildPerson,
  buildRole,
  PASSWORD,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten, rowsOf } from './stored-rows';
import { mutate, readUser } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let administrator: Person;
let foreignAdministrator: Person;
let counter = 0;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  globex = await buildOrganization(service, 'Globex');
  administrator = await buildPerson(service, acme, 'administrator');
  foreignAdministrator = await buildPerson(service, globex, 'administrator');
});

function newUser(changed: Record<string, unknown> = {}) {
  counter += 1;
  return {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: `ada${counter}@example.com`,
    password: PASSWORD,
    phone: '+1 202 555 0143',
    roleId: acme.roles.agent,
    ...changed,
  };
}

const create = (changed: Record<string, unknown> = {}, token = administrator.token) =>
  mutate(service, token, 'createUser', newUser(changed));

test('adds an enabled user who can sign in at once', async () => {
  const input = newUser({ roleId: acme.roles.manager });
  const { user, problems } = await mutate(service, administrator.token, 'createUser', input);
  expect(problems).toEqual([]);
  expect(user).toEqual({
    id: expect.stringMatching(/^user_\d+$/),
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: input.username,
    externalId: null,
    phone: '+1 202 555 0143',
    enabled: true,
    mfaEnabled: false,
    forceMfa: false,
    mfaRequired: false,
    forcePasswordReset: false,
    version: 1,
    role: { id: acme.roles.manager, name: 'manager' },
  });
  expect(await readUser(service, administrator.token, user!.id)).toEqual(user);
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { viewer { user { id } } } } }`,
    { input: { username: input.username, password: PASSWORD } },
  );
  expect(data.signIn.session.viewer.user.id).toBe(user!.id);
});

test('the new user belongs to the organization of their creator, and to no other', async () => {
  const { user } = await create();
  expect(await readUser(service, foreignAdministrator.token, user!.id)).toBeNull();
});

test('stores what the next sign-in must do', async () => {
  const { user } = await create({ forcePasswordReset: true, forceMfa: true });
  expect(user).toMatchObject({ forcePasswordReset: true, forceMfa: true, mfaEnabled: false });
});

test('removes white space around every field and composes Unicode', async () => {
  const { user } = await create({
    firstName: '  Zoe\u0308 ',
    lastName: '\u3000Straße\u00a0',
    username: ' Ｚｏｅ＠Example.com ',
    phone: ' ＋1 202 555 0199 ',
  });
  expect(user).toMatchObject({
    firstName: 'Zoë',
    lastName: 'Straße',
    username: 'Zoe@Example.com',
    phone: '+1 202 555 0199',
  });
});

test('keeps white space within a password, and around it', async () => {
  const { user } = await create({ password: '  Aa  bB  ' });
  const signIn = async (password: string) => {
    const { data } = await service.graphql(
      `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
      { input: { username: user!.username, password } },
    );
    return data.signIn.session !== null;
  };
  expect(await signIn('Aa  bB')).toBe(false);
  expect(await signIn('  Aa  bB  ')).toBe(true);
});

test('passwords that differ only after many characters differ', async () => {
  const { user } = await create({ password: `Aa${'x'.repeat(100)}1` });
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    { input: { username: user!.username, password: `Aa${'x'.repeat(100)}2` } },
  );
  expect(data.signIn.session).toBeNull();
});

test('tells every problem of the input at once, each with its path', async () => {
  await expectNothingWritten(service, async () => {
    const nothing = { firstName: '', lastName: ' ', username: '', password: '', phone: '\t', roleId: '0' };
    const blank = await create(nothing);
    expect(blank.user).toBeNull();
    expect(blank.problems).toEqual([
      'input.firstName REQUIRED',
      'input.lastName REQUIRED',
      'input.password REQUIRED',
      'input.phone REQUIRED',
      'input.roleId ROLE_NOT_FOUND',
      'input.username REQUIRED',
    ]);
    const broken = await create({
      firstName: 'x'.repeat(101),
      lastName: 'a\u0000b',
      username: administrator.username.toUpperCase(),
      password: '12345',
      phone: 'call me',
      roleId: globex.roles.agent,
    });
    expect(broken.problems).toEqual([
      'input.firstName TOO_LONG',
      'input.lastName INVALID_CHARACTERS',
      'input.password PASSWORD_NEEDS_LOWERCASE',
      'input.password PASSWORD_NEEDS_UPPERCASE',
      'input.password PASSWORD_TOO_SHORT',
      'input.phone INVALID_PHONE',
      'input.roleId ROLE_NOT_FOUND',
      'input.username USERNAME_TAKEN',
    ]);
  });
});

test.each([
  '0',
  '-1',
  '1abc',
  '1e0',
  ' 1',
  '01',
  '2147483648',
  '9007199254740993',
  '',
  '999999',
  "1' OR '1'='1",
])('the role "%s" does not exist, as little as one of another organization', async (roleId) => {
  await expectNothingWritten(service, async () => {
    const [missing, foreign] = [await create({ roleId }), await create({ roleId: globex.roles.agent })];
    expect(missing.problems).toEqual(['input.roleId ROLE_NOT_FOUND']);
    expect(missing).toEqual(foreign);
  });
});

test.each([1.5, [], {}, true, null])('a role id is an ID, not %j', async (roleId) => {
  const { errors, status } = await service.graphql(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
    { input: newUser({ roleId }) },
    { token: administrator.token },
  );
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('fields of a user that are not of the input are refused', async () => {
  for (const field of ['id', 'organizationId', 'enabled', 'mfaEnabled', 'version', 'passwordHash']) {
    const { errors, status } = await service.graphql(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
      { input: newUser({ [field]: 1 }) },
      { token: administrator.token },
    );
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('no one hands out a role with permissions that they lack', async () => {
  const roleId = await buildRole(service, acme, 'adder', ['view_users', 'add_user', 'view_customers']);
  const adder = await buildPerson(service, acme, 'agent', { roleId });
  await expectNothingWritten(service, async () => {
    for (const role of ['administrator', 'manager', 'agent'] as const) {
      const { problems } = await create({ roleId: acme.roles[role] }, adder.token);
      expect(problems).toEqual(['input.roleId ROLE_EXCEEDS_YOUR_PERMISSIONS']);
    }
  });
  expect((await create({ roleId: acme.roles.viewer }, adder.token)).problems).toEqual([]);
  expect((await create({ roleId }, adder.token)).problems).toEqual([]);
});

test('of twenty who create the same username at once, in two organizations, one succeeds', async () => {
  const before = await rowsOf(service, 'user');
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const username = index % 2 ? 'Race@example.com' : 'race@EXAMPLE.com';
      if (index % 3 > 0) return create({ username });
      return create({ username, roleId: globex.roles.agent }, foreignAdministrator.token);
    }),
  );
  expect(outcomes.filter(({ user }) => user !== null)).toHaveLength(1);
  for (const { user, problems } of outcomes) {
    expect(problems).toEqual(user ? [] : ['input.username USERNAME_TAKEN']);
  }
  expect(await rowsOf(service, 'user')).toHaveLength(before.length + 1);
  expect(await rowsOf(service, 'user_credential')).toHaveLength(before.length + 1);
});
