import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  PASSWORD,
  rowIdOf,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { expectNothingWritten, rowsOf } from './stored-rows';
import { transaction } from '../src/database/transaction';
import { deleteOldKeys } from '../src/idempotency/delete-old-keys';
import { User } from '../src/users/user.entity';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let counter = 0;

const HOUR = 3_600_000;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, acme, 'administrator');
});

type Input = Record<string, unknown>;

interface Payload {
  readonly user?: { readonly id: string; readonly firstName: string } | null;
  readonly role?: { readonly id: string; readonly name: string } | null;
  readonly endedSessions?: number;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const ANSWERS: Record<string, string> = {
  createUser: 'user { id firstName username role { id } version }',
  updateUser: 'user { id firstName version } endedSessions',
  resetMfa: 'user { id firstName version } endedSessions',
  resendInvitation: 'user { id firstName }',
  createRole: 'role { id name }',
  duplicateRole: 'role { id name }',
};

async function call(
  mutation: string,
  input: Input,
  { at = service, token = administrator.token } = {},
): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await at.graphql(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${ANSWERS[mutation]!} userErrors { code field } } }`,
    { input },
    { token },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation] as Payload;
}

function newUser(changed: Input = {}): Input {
  counter += 1;
  return {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: `keyed${counter}@example.com`,
    password: PASSWORD,
    phone: '112',
    roleId: acme.roles.agent,
    idempotencyKey: `key ${counter}`,
    ...changed,
  };
}

const REUSED = [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }];

const mails = async () => (await rowsOf(service, 'outgoing_mail')).length;

async function inputFor(mutation: string): Promise<Input> {
  counter += 1;
  const idempotencyKey = `key ${counter}`;
  if (mutation === 'createUser') return newUser();
  if (mutation === 'createRole') return { name: `Role ${counter}`, permissions: [], idempotencyKey };
  if (mutation === 'duplicateRole') {
    const original = await buildRole(service, acme, `Original ${counter}`, []);
    return { id: original, name: `Copy ${counter}`, idempotencyKey };
  }
  const { id } = await buildUser(service, acme, { mfaEnabled: mutation === 'resetMfa' });
  if (mutation === 'updateUser') return { id, username: `renamed${counter}@example.com`, idempotencyKey };
  return mutation === 'resetMfa' ? { id, newPassword: PASSWORD, idempotencyKey } : { id, idempotencyKey };
}

test.each(Object.keys(ANSWERS))(
  '%s once more with its key answers the same and does nothing',
  async (mutation) => {
    const input = await inputFor(mutation);
    const first = await call(mutation, input);
    expect(first.userErrors).toEqual([]);
    expect(first.user ?? first.role).toBeTruthy();
    await expectNothingWritten(service, async () => {
      expect(await call(mutation, input)).toEqual(first);
      expect(await call(mutation, Object.fromEntries(Object.entries(input).reverse()))).toEqual(first);
    });
  },
);

test('a call without a key, or with another one, is another call', async () => {
  const input = await inputFor('resendInvitation');
  const before = await mails();
  for (const idempotencyKey of [input.idempotencyKey, undefined, null, 'another']) {
    expect((await call('resendInvitation', { ...input, idempotencyKey })).userErrors).toEqual([]);
  }
  expect(await mails()).toBe(before + 4);
  const role = await inputFor('createRole');
  await call('createRole', role);
  const again = await call('createRole', { ...role, idempotencyKey: 'one more' });
  expect(again.userErrors.map(({ code }) => code)).toEqual(['ROLE_NAME_TAKEN']);
});

test.each<[what: string, changed: Input]>([
  ['password', { password: 'Battery-Staple' }],
  ['name', { firstName: 'Eve' }],
  ['flag', { forceMfa: true }],
  ['null for what was absent', { externalId: null }],
])('another %s under the same key is refused', async (_what, changed) => {
  const input = newUser();
  await call('createUser', input);
  await expectNothingWritten(service, async () => {
    expect(await call('createUser', { ...input, ...changed })).toEqual({ user: null, userErrors: REUSED });
  });
});

test('another mutation under the same key is refused', async () => {
  const input = await inputFor('resendInvitation');
  await call('resendInvitation', input);
  expect((await call('updateUser', input)).userErrors).toEqual(REUSED);
});

test('the keys of each user are their own', async () => {
  const other = await buildPerson(service, acme, 'administrator');
  const input = newUser();
  await call('createUser', input);
  const { user } = await call(
    'createUser',
    { ...newUser(), idempotencyKey: input.idempotencyKey },
    { token: other.token },
  );
  expect(user).toBeTruthy();
});

test('keys differ in every byte', async () => {
  const idempotencyKey = 'Key';
  await call('createUser', newUser({ idempotencyKey }));
  for (const alike of ['key', 'Key ', ' Key', 'Ke\u0301y', 'Kéy', 'Key\u0000']) {
    expect((await call('createUser', newUser({ idempotencyKey: alike }))).userErrors).toEqual([]);
  }
});

test.each([
  ['', 'REQUIRED'],
  [' ', 'REQUIRED'],
  ['x'.repeat(192), 'TOO_LONG'],
])('a key has 1 to 191 characters (%#)', async (idempotencyKey, code) => {
  await expectNothingWritten(service, async () => {
    const { userErrors } = await call('createUser', newUser({ idempotencyKey }));
    expect(userErrors).toEqual([{ code, field: ['input', 'idempotencyKey'] }]);
  });
  expect((await call('createUser', newUser({ idempotencyKey: 'x'.repeat(191) }))).userErrors).toBeDefined();
});

test('a refused call does not use its key up', async () => {
  const input = newUser({ phone: 'none' });
  expect((await call('createUser', input)).userErrors.map(({ code }) => code)).toEqual(['INVALID_PHONE']);
  expect((await call('createUser', { ...input, phone: '112' })).userErrors).toEqual([]);
  expect((await call('createUser', input)).userErrors).toEqual(REUSED);
});

test('calls with one key that are refused at once are all refused for the same reason', async () => {
  const other = await startAnotherInstance(service);
  const input = newUser({ username: administrator.username });
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => call('createUser', input, { at: index % 2 ? other : service })),
  );
  const codes = answers.map(({ userErrors }) => userErrors.map(({ code }) => code));
  expect(codes).toEqual(Array(12).fill(['USERNAME_TAKEN']));
  await other.stop();
});

test('what was created is read anew', async () => {
  const input = newUser();
  const first = await call('createUser', input);
  await call('updateUser', { id: first.user!.id, firstName: 'Augusta' });
  expect((await call('createUser', input)).user).toMatchObject({ id: first.user!.id, firstName: 'Augusta' });
  const role = await inputFor('createRole');
  const created = await call('createRole', role);
  await service.graphql(
    `mutation { deleteRole(input: { id: "${created.role!.id}" }) { userErrors { code } } }`,
    {},
    { token: administrator.token },
  );
  expect(await call('createRole', role)).toEqual({ role: null, userErrors: [] });
});

test('who has lost the permission since is denied', async () => {
  const person = await buildPerson(service, acme, 'administrator');
  const input = newUser();
  await call('createUser', input, { token: person.token });
  await transaction(service.app.database, (tx) =>
    tx.update(User, { id: rowIdOf(person.id) }, { roleId: rowIdOf(acme.roles.viewer) }),
  );
  await expect(call('createUser', input, { token: person.token })).rejects.toThrow('FORBIDDEN');
});

test('neither the key nor what hashes of the input could be guessed from is stored', async () => {
  await call('createUser', newUser({ idempotencyKey: 'plain to see', password: 'Guess-Me-7' }));
  const stored = JSON.stringify(await rowsOf(service, 'idempotency_key'));
  expect(stored).not.toContain('plain to see');
  expect(stored).not.toContain('Guess-Me-7');
});

test('of twenty calls with one key at once on two instances one is carried out, and all answer the same', async () => {
  const other = await startAnotherInstance(service);
  for (let run = 0; run < 3; run += 1) {
    const input = newUser();
    const before = await mails();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call('createUser', input, { at: index % 2 ? other : service }),
      ),
    );
    expect(answers[0]!.userErrors).toEqual([]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const users = await rowsOf(service, 'user');
    expect(users.filter(({ username }) => username === input.username)).toHaveLength(1);
    expect(await mails()).toBe(before + 1);
  }
  await other.stop();
});

test('of calls with one key and different inputs at once one is carried out, and the others are refused', async () => {
  const other = await startAnotherInstance(service);
  const idempotencyKey = 'contended';
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      call('createUser', newUser({ idempotencyKey }), { at: index % 2 ? other : service }),
    ),
  );
  expect(answers.filter(({ user }) => user)).toHaveLength(1);
  expect(answers.filter(({ user }) => !user).map(({ userErrors }) => userErrors)).toEqual(
    Array(9).fill(REUSED),
  );
  await other.stop();
});

test('a key is free again after 24 hours, whether it has been deleted or not', async () => {
  const late = await startService();
  const organization = await buildOrganization(late);
  const username = 'late@example.com';
  await buildUser(late, organization, { username, role: 'administrator' });
  const token = async () => {
    const { data } = await late.graphql(
      'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
      { input: { username, password: PASSWORD } },
    );
    return data.signIn.session.accessToken as string;
  };
  const role = (name: string) => ({ name, permissions: [], idempotencyKey: 'daily' });
  const create = async (name: string) => call('createRole', role(name), { at: late, token: await token() });
  expect((await create('Monday')).userErrors).toEqual([]);
  late.advance(23 * HOUR);
  expect((await create('Tuesday')).userErrors).toEqual(REUSED);
  late.advance(1 * HOUR);
  expect((await create('Tuesday')).userErrors).toEqual([]);
  late.advance(25 * HOUR);
  const before = new Date(late.now().getTime() - 24 * HOUR);
  expect(await deleteOldKeys(late.app.database, before, new AbortController().signal)).toBe(1);
  expect((await create('Wednesday')).userErrors).toEqual([]);
});
