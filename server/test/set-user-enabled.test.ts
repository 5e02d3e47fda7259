import { transaction } from '../src/database/transaction';
import { User } from '../src/users/user.entity';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten } from './stored-rows';
import { mutate, readUser } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let manager: Person;
let user: BuiltUser;
let foreigner: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, acme, 'administrator');
  manager = await buildPerson(service, acme, 'manager');
  foreigner = await buildUser(service, await buildOrganization(service, 'Globex'));
});
beforeEach(async () => {
  user = await buildUser(service, acme);
});

const setEnabled = (enabled: boolean, id = user.id, token = administrator.token) =>
  mutate(service, token, 'setUserEnabled', { id, enabled });

/** UNAUTHENTICATED, or null when the token is good. */
async function codeOf(token: string): Promise<string | null> {
  const { errors } = await service.graphql('{ users { nodes { id } } }', {}, { token });
  const code = errors?.[0]?.extensions.code ?? null;
  return code === 'FORBIDDEN' ? null : code;
}

test('disables and enables a user, who keeps everything else', async () => {
  const before = (await readUser(service, administrator.token, user.id))!;
  const disabled = await setEnabled(false);
  expect(disabled).toEqual({
    user: { ...before, enabled: false, version: 2 },
    endedSessions: 0,
    problems: [],
  });
  expect(await readUser(service, administrator.token, user.id)).toEqual(disabled.user);
  const enabled = await setEnabled(true);
  expect(enabled.user).toEqual({ ...before, version: 3 });
});

test('the very next request of a disabled user is unauthenticated', async () => {
  for (let run = 0; run < 10; run += 1) {
    user = await buildUser(service, acme, { role: 'viewer' });
    const sessions = [await signIn(service, user), await signIn(service, user)];
    for (const { accessToken } of sessions) expect(await codeOf(accessToken)).toBeNull();
    expect((await setEnabled(false)).endedSessions).toBe(2);
    for (const { accessToken } of sessions) expect(await codeOf(accessToken)).toBe('UNAUTHENTICATED');
  }
});

test('a user who is disabled in the database itself is out on their next request as well', async () => {
  const { accessToken } = await signIn(service, user);
  await transaction(service.app.database, (tx) =>
    tx.update(User, { id: rowIdOf(user.id) }, { enabled: false }),
  );
  expect(await codeOf(accessToken)).toBe('UNAUTHENTICATED');
});

test('a disabled user can neither sign in nor refresh', async () => {
  const { refreshToken } = await signIn(service, user);
  await setEnabled(false);
  const signedIn = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }`,
    { input: { username: user.username, password: PASSWORD } },
  );
  expect(signedIn.data.signIn).toEqual({ session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
  const refreshed = await service.graphql(
    `mutation ($input: RefreshSessionInput!) {
      refreshSession(input: $input) { session { accessToken } userErrors { code } } }`,
    { input: { refreshToken } },
  );
  expect(refreshed.data.refreshSession).toEqual({
    session: null,
    userErrors: [{ code: 'INVALID_REFRESH_TOKEN' }],
  });
});

test('an enabled user signs in anew; the sessions they had stay ended', async () => {
  const before = await signIn(service, user);
  await setEnabled(false);
  await setEnabled(true);
  expect(await codeOf(before.accessToken)).toBe('UNAUTHENTICATED');
  expect(await codeOf((await signIn(service, user)).accessToken)).toBeNull();
});

test('saying what is already so changes nothing', async () => {
  await expectNothingWritten(service, async () => {
    expect(await setEnabled(true)).toMatchObject({ problems: [], endedSessions: 0, user: { version: 1 } });
  });
  await setEnabled(false);
  await expectNothingWritten(service, async () => {
    expect(await setEnabled(false)).toMatchObject({ problems: [], user: { enabled: false, version: 2 } });
  });
});

test('of ten who disable a user at once, one makes the change', async () => {
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => setEnabled(false)));
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
  expect((await readUser(service, administrator.token, user.id))?.version).toBe(2);
});

test('no one disables themselves', async () => {
  await expectNothingWritten(service, async () => {
    expect(await setEnabled(false, administrator.id)).toMatchObject({
      user: null,
      problems: ['input.id CANNOT_DISABLE_YOURSELF'],
    });
    expect((await setEnabled(false, manager.id, manager.token)).problems).toEqual([
      'input.id CANNOT_DISABLE_YOURSELF',
    ]);
  });
});

test('no one disables or enables a user with permissions that they lack', async () => {
  const disabled = await buildUser(service, acme, { role: 'administrator', enabled: false });
  await expectNothingWritten(service, async () => {
    expect((await setEnabled(false, administrator.id, manager.token)).problems).toEqual([
      'input.id USER_EXCEEDS_YOUR_PERMISSIONS',
    ]);
    expect((await setEnabled(true, disabled.id, manager.token)).problems).toEqual([
      'input.id USER_EXCEEDS_YOUR_PERMISSIONS',
    ]);
  });
});

test.each(['999999', '0', '-1', '1abc', '1e0', ' 1', '', '2147483648', '9007199254740993', "1' OR 1=1 --"])(
  'the user "%s" does not exist, as little as one of another organization',
  async (id) => {
    await expectNothingWritten(service, async () => {
      for (const enabled of [true, false]) {
        const missing = await setEnabled(enabled, id);
        expect(missing.problems).toEqual(['input.id USER_NOT_FOUND']);
        expect(missing).toEqual(await setEnabled(enabled, foreigner.id));
      }
    });
  },
);
