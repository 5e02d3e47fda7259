import { transaction } from '../src/database/transaction';
import { UserTotp } from '../src/mfa/user-totp.entity';
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
import { expectNothingWritten, rowsOf } from './stored-rows';
import { mutate, readUser, errorCodeOf } from './user-mutations';

const NEW_PASSWORD = 'Battery-Staple';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let user: BuiltUser;
let foreigner: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, acme, 'administrator');
  foreigner = await withMfa(await buildUser(service, await buildOrganization(service, 'Globex')));
});
beforeEach(async () => {
  user = await withMfa(await buildUser(service, acme, { forceMfa: true }));
});

/** As setting it up leaves it. */
async function withMfa(owner: BuiltUser): Promise<BuiltUser> {
  const userId = rowIdOf(owner.id);
  await transaction(service.app.database, async (tx) => {
    await tx.insert(UserTotp, {
      userId,
      encryptedSecret: 'encrypted',
      lastUsedStep: null,
      confirmedAt: new Date(),
      createdAt: new Date(),
    });
    await tx.query('UPDATE user SET mfa_enabled = 1 WHERE id = ?', [userId]);
  });
  return owner;
}

const reset = (id = user.id, newPassword = NEW_PASSWORD, token = administrator.token) =>
  mutate(service, token, 'resetMfa', { id, newPassword });

const storedTotp = async (id: string) =>
  (await rowsOf(service, 'user_totp')).filter((row) => row.user_id === rowIdOf(id));

test('removes two-factor authentication and sets the password in one step', async () => {
  const before = (await readUser(service, administrator.token, user.id))!;
  expect(before.mfaEnabled).toBe(true);
  const { user: after, problems } = await reset();
  expect(problems).toEqual([]);
  expect(after).toEqual({ ...before, mfaEnabled: false, version: 2 });
  expect(await storedTotp(user.id)).toEqual([]);
  expect(await storedTotp(foreigner.id)).toHaveLength(1);
});

test('the old password no longer opens anything, the new one does', async () => {
  user = await withMfa(await buildUser(service, acme));
  const credentials = () => rowsOf(service, 'user_credential');
  const before = (await credentials()).find((row) => row.user_id === rowIdOf(user.id))!;
  await reset();
  const after = (await credentials()).find((row) => row.user_id === rowIdOf(user.id))!;
  expect(after.password_hash).not.toBe(before.password_hash);
  await expect(signIn(service, user)).rejects.toThrow('INVALID_CREDENTIALS');
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    { input: { username: user.username, password: NEW_PASSWORD } },
  );
  expect(data.signIn.session).not.toBeNull();
});

test('ends the sessions of the user', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  await signIn(service, person);
  await withMfa(person);
  expect((await reset(person.id)).endedSessions).toBe(2);
  const { data } = await service.graphql('{ viewer { user { id } } }', {}, { token: person.token });
  expect(data.viewer).toBeNull();
});

test('the new password keeps to the rules, and without it nothing happens', async () => {
  await expectNothingWritten(service, async () => {
    expect((await reset(user.id, '')).problems).toEqual(['input.newPassword REQUIRED']);
    expect((await reset(user.id, 'abc')).problems).toEqual([
      'input.newPassword PASSWORD_NEEDS_UPPERCASE',
      'input.newPassword PASSWORD_TOO_SHORT',
    ]);
    expect((await reset(user.id, `A${'a'.repeat(1000)}`)).problems).toEqual(['input.newPassword TOO_LONG']);
  });
});

test('a user without two-factor authentication has none to remove, and keeps their password', async () => {
  const plain = await buildUser(service, acme);
  await expectNothingWritten(service, async () => {
    expect((await reset(plain.id)).problems).toEqual(['input.id MFA_NOT_ENABLED']);
    expect((await reset(plain.id, 'abc')).problems).toEqual([
      'input.id MFA_NOT_ENABLED',
      'input.newPassword PASSWORD_NEEDS_UPPERCASE',
      'input.newPassword PASSWORD_TOO_SHORT',
    ]);
  });
});

test('no one removes their own two-factor authentication this way', async () => {
  const person = await buildPerson(service, acme, 'administrator');
  await withMfa(person);
  await expectNothingWritten(service, async () => {
    expect((await reset(person.id, NEW_PASSWORD, person.token)).problems).toEqual([
      'input.id CANNOT_RESET_OWN_MFA',
    ]);
  });
});

test('it needs reset_mfa', async () => {
  const manager = await buildPerson(service, acme, 'manager');
  await expectNothingWritten(service, async () => {
    const input = { id: user.id, newPassword: NEW_PASSWORD };
    expect(await errorCodeOf(service, manager.token, 'resetMfa', input)).toBe('FORBIDDEN');
  });
});

test.each(['999999', '0', '-1', '1abc', '1e0', ' 1', '', '2147483648', '9007199254740993', "1' OR 1=1 --"])(
  'the user "%s" does not exist, as little as one of another organization',
  async (id) => {
    await expectNothingWritten(service, async () => {
      const missing = await reset(id);
      expect(missing.problems).toEqual(['input.id USER_NOT_FOUND']);
      expect(missing).toEqual(await reset(foreigner.id));
    });
  },
);

test('two who reset it at once: one does, the other finds nothing left to remove', async () => {
  const outcomes = await Promise.all([reset(), reset(user.id, PASSWORD)]);
  expect(outcomes.map(({ problems }) => problems)).toEqual(
    expect.arrayContaining([[], ['input.id MFA_NOT_ENABLED']]),
  );
});
