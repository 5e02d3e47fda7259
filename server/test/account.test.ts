import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { buildMfaUser, codeOf, wrongCode, type MfaUser } from './mfa-builders';
import {
  answerChallenge,
  beginSignIn,
  challengeOf,
  isSignedIn,
  problemsOf,
  refresh,
  signInWithCode,
} from './sign-in-steps';
import { expectNothingWritten, recordedChanges, rowsOf, storedRows } from './stored-rows';
import { mutate, readUser, USER_FIELDS } from './user-mutations';
import { globalId } from '../src/global-id/global-id';

const NEW_PASSWORD = 'Canary-Battery-Staple';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
/** Nothing that others do may change this user. */
let bystander: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  bystander = await buildPerson(service, acme, 'agent');
});

const DOCUMENTS = {
  updateProfile: `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { ${USER_FIELDS.replace('role { id name }', '')} } userErrors { code field } } }`,
  changePassword: `mutation ($input: ChangePasswordInput!) {
    changePassword(input: $input) { endedSessions userErrors { code field } } }`,
  removeMfa: `mutation ($input: RemoveMfaInput!) {
    removeMfa(input: $input) { user { mfaEnabled version } endedSessions userErrors { code field } } }`,
  replaceRecoveryCodes: `mutation ($input: ReplaceRecoveryCodesInput!) {
    replaceRecoveryCodes(input: $input) { recoveryCodes userErrors { code field } } }`,
} as const;

async function call(token: string, mutation: keyof typeof DOCUMENTS, input: Record<string, unknown>) {
  const { data, errors } = await service.graphql(DOCUMENTS[mutation], { input }, { token });
  if (errors) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
  const { userErrors, ...payload } = data[mutation];
  return { ...payload, problems: problemsOf(userErrors) };
}

/** The events that `work` has written, with their changes. */
async function eventsOf(work: () => Promise<unknown>) {
  const before = await recordedChanges(service);
  await work();
  return (await recordedChanges(service))
    .slice(before.length)
    .map(({ action, actor_user_id, target_id, changes }) => ({
      action,
      actor: globalId('User', actor_user_id as number),
      target: globalId('User', target_id as number),
      changes: JSON.parse(String(changes)) as unknown,
    }));
}

describe('updateProfile', () => {
  test('changes the own name and phone, and only what is given', async () => {
    const person = await buildPerson(service, acme, 'agent');
    const events = await eventsOf(async () => {
      const { user, problems } = await call(person.token, 'updateProfile', {
        firstName: ' Grace ',
        phone: '+44 20 7946 0958',
      });
      expect(problems).toEqual([]);
      expect(user).toMatchObject({
        id: person.id,
        firstName: 'Grace',
        phone: '+44 20 7946 0958',
        version: 2,
      });
    });
    expect(events).toEqual([
      {
        action: 'user.updated',
        actor: person.id,
        target: person.id,
        changes: [
          { field: 'firstName', before: 'Sam', after: 'Grace' },
          { field: 'phone', before: '+1 202 555 0143', after: '+44 20 7946 0958' },
        ],
      },
    ]);
    await call(person.token, 'updateProfile', { lastName: 'Hopper' });
    expect(await readUser(service, administrator.token, person.id)).toMatchObject({
      firstName: 'Grace',
      lastName: 'Hopper',
      username: person.username,
      version: 3,
    });
  });

  test('the new name is found, the old one no longer', async () => {
    const person = await buildPerson(service, acme, 'agent', { firstName: 'Oldname' });
    await call(person.token, 'updateProfile', { firstName: 'Newname' });
    const found = async (search: string) => {
      const { data } = await service.graphql(
        'query ($search: String) { users(search: $search) { nodes { id } } }',
        { search },
        { token: administrator.token },
      );
      return data.users.nodes as object[];
    };
    expect(await found('newname')).toEqual([{ id: person.id }]);
    expect(await found('oldname')).toEqual([]);
  });

  test('saying what is already so changes nothing and leaves no event', async () => {
    const person = await buildPerson(service, acme, 'agent');
    await expectNothingWritten(service, async () => {
      expect((await call(person.token, 'updateProfile', {})).user.version).toBe(1);
      expect((await call(person.token, 'updateProfile', { firstName: 'Sam' })).user.version).toBe(1);
    });
  });

  test('every problem at once, each at its field', async () => {
    const person = await buildPerson(service, acme, 'agent');
    await expectNothingWritten(service, async () => {
      const { user, problems } = await call(person.token, 'updateProfile', {
        firstName: ' ',
        lastName: `A\u202eB`,
        phone: 'none',
      });
      expect(user).toBeNull();
      expect(problems).toEqual([
        'input.firstName REQUIRED',
        'input.lastName INVALID_CHARACTERS',
        'input.phone INVALID_PHONE',
      ]);
      const tooLong = { firstName: '😀'.repeat(2500), lastName: 'x'.repeat(101), phone: null };
      expect((await call(person.token, 'updateProfile', tooLong)).problems).toEqual([
        'input.firstName TOO_LONG',
        'input.lastName TOO_LONG',
        'input.phone REQUIRED',
      ]);
      const crlf = { firstName: 'Eve\r\nBcc: all@example.com' };
      expect((await call(person.token, 'updateProfile', crlf)).problems).toEqual([
        'input.firstName INVALID_CHARACTERS',
      ]);
    });
  });

  test.each(['username', 'roleId', 'enabled', 'mfaRequired', 'id', 'organizationId', 'password'])(
    'has no way to set %s',
    async (field) => {
      const { errors } = await service.graphql(
        DOCUMENTS.updateProfile,
        { input: { firstName: 'Eve', [field]: '1' } },
        { token: bystander.token },
      );
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('changePassword', () => {
  test('ends the other sessions and keeps this one', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: false });
    const [here, elsewhere] = [await signIn(service, user), await signIn(service, user)];
    const events = await eventsOf(async () => {
      const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
      expect(await call(here.accessToken, 'changePassword', input)).toEqual({
        endedSessions: 1,
        problems: [],
      });
    });
    expect(events).toEqual([
      {
        action: 'user.password_changed',
        actor: user.id,
        target: user.id,
        changes: [{ field: 'password', before: null, after: null }],
      },
    ]);
    expect(await isSignedIn(service, here.accessToken)).toBe(true);
    expect(await refresh(service, here.refreshToken)).not.toBeNull();
    expect(await isSignedIn(service, elsewhere.accessToken)).toBe(false);
    expect((await beginSignIn(service, user)).session).toBeNull();
    expect((await beginSignIn(service, user, { password: NEW_PASSWORD })).session).not.toBeNull();
  });

  test.each([
    [
      'a wrong current password',
      { currentPassword: 'Wrong-Horse' },
      ['input.currentPassword WRONG_PASSWORD'],
    ],
    ['no current password', { currentPassword: '' }, ['input.currentPassword REQUIRED']],
    ['the same password', { newPassword: PASSWORD }, ['input.newPassword PASSWORD_UNCHANGED']],
    ['no new password', { newPassword: '' }, ['input.newPassword REQUIRED']],
    [
      'a weak one',
      { newPassword: 'abc' },
      ['input.newPassword PASSWORD_NEEDS_UPPERCASE', 'input.newPassword PASSWORD_TOO_SHORT'],
    ],
    [
      'one without a lowercase letter',
      { newPassword: 'ABCDEF1' },
      ['input.newPassword PASSWORD_NEEDS_LOWERCASE'],
    ],
    ['one that is too long', { newPassword: `A${'a'.repeat(1000)}` }, ['input.newPassword TOO_LONG']],
  ])('refuses %s, and nothing changes', async (_what, spoilt, problems) => {
    const user = await buildUser(service, acme);
    const [here, elsewhere] = [await signIn(service, user), await signIn(service, user)];
    await expectNothingWritten(service, async () => {
      const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, ...spoilt };
      expect(await call(here.accessToken, 'changePassword', input)).toEqual({ endedSessions: 0, problems });
    });
    expect(await isSignedIn(service, elsewhere.accessToken)).toBe(true);
  });

  test('of five at once with the same current password one is carried out', async () => {
    const user = await buildUser(service, acme);
    const { accessToken } = await signIn(service, user);
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        call(accessToken, 'changePassword', {
          currentPassword: PASSWORD,
          newPassword: `${NEW_PASSWORD}-${index}`,
        }),
      ),
    );
    const winners = outcomes.flatMap(({ problems }, index) => (problems.length === 0 ? [index] : []));
    expect(winners).toHaveLength(1);
    for (const { problems } of outcomes.filter((_, index) => index !== winners[0])) {
      expect(['input.newPassword CONFLICT', 'input.currentPassword WRONG_PASSWORD']).toContain(problems[0]);
    }
    const password = `${NEW_PASSWORD}-${winners[0]}`;
    expect((await beginSignIn(service, user, { password })).session).not.toBeNull();
  });
});

describe('removeMfa', () => {
  let user: MfaUser;
  let token: string;

  beforeEach(async () => {
    user = await buildMfaUser(service, acme);
    token = (await signInWithCode(service, user, -1)).accessToken;
  });

  test('with password and code it removes two-factor authentication and ends the other sessions', async () => {
    const elsewhere = await signInWithCode(service, user);
    const events = await eventsOf(async () => {
      const input = { password: PASSWORD, code: codeOf(service, user.secret, 1) };
      expect(await call(token, 'removeMfa', input)).toEqual({
        user: { mfaEnabled: false, version: 2 },
        endedSessions: 1,
        problems: [],
      });
    });
    expect(events).toEqual([
      {
        action: 'user.mfa_removed',
        actor: user.id,
        target: user.id,
        changes: [{ field: 'mfaEnabled', before: true, after: false }],
      },
    ]);
    expect(await isSignedIn(service, elsewhere.accessToken)).toBe(false);
    expect(await isSignedIn(service, token)).toBe(true);
    expect((await beginSignIn(service, user)).session).not.toBeNull();
    for (const table of ['user_totp', 'recovery_code']) {
      const left = (await rowsOf(service, table)).filter((row) => row.user_id === rowIdOf(user.id));
      expect(left).toEqual([]);
    }
  });

  test('needs both, the right ones', async () => {
    const code = codeOf(service, user.secret);
    await expectNothingWritten(service, async () => {
      for (const [input, problems] of [
        [{ password: 'Wrong-Horse', code }, ['input.password WRONG_PASSWORD']],
        [{ password: PASSWORD, code: wrongCode(service, user.secret) }, ['input.code INVALID_MFA_CODE']],
        [{ password: PASSWORD, code: codeOf(service, user.secret, -1) }, ['input.code INVALID_MFA_CODE']],
        [{ password: PASSWORD, code: ` ${code}` }, ['input.code INVALID_MFA_CODE']],
        [{ password: PASSWORD, code: user.recoveryCodes[0] }, ['input.code INVALID_MFA_CODE']],
        [{ password: '', code: '' }, ['input.code REQUIRED', 'input.password REQUIRED']],
      ] as const) {
        expect(await call(token, 'removeMfa', input)).toEqual({ user: null, endedSessions: 0, problems });
      }
    });
    expect((await call(token, 'removeMfa', { password: PASSWORD, code })).problems).toEqual([]);
  });

  test('is refused while two-factor authentication is required, and uses up no code', async () => {
    await mutate(service, administrator.token, 'updateUser', { id: user.id, forceMfa: true });
    const input = { password: PASSWORD, code: codeOf(service, user.secret) };
    await expectNothingWritten(service, async () => {
      expect((await call(token, 'removeMfa', input)).problems).toEqual(['input MFA_REQUIRED']);
    });
    await mutate(service, administrator.token, 'updateUser', { id: user.id, forceMfa: false });
    expect((await call(token, 'removeMfa', input)).problems).toEqual([]);
  });

  test('is refused when it comes to be required while the password is being checked', async () => {
    const input = { password: PASSWORD, code: codeOf(service, user.secret) };
    jest.mocked(verify).mockImplementationOnce(async (...args) => {
      await mutate(service, administrator.token, 'updateUser', { id: user.id, forceMfa: true });
      return jest.requireActual<typeof Argon2>('@node-rs/argon2').verify(...args);
    });
    expect((await call(token, 'removeMfa', input)).problems).toEqual(['input MFA_REQUIRED']);
    expect(await readUser(service, administrator.token, user.id)).toMatchObject({ mfaEnabled: true });
  });

  test('is refused to someone who has none', async () => {
    const { token: plain } = await buildPerson(service, acme, 'agent');
    const { problems } = await call(plain, 'removeMfa', { password: PASSWORD, code: '123456' });
    expect(problems).toEqual(['input MFA_NOT_ENABLED']);
  });
});

describe('replaceRecoveryCodes', () => {
  test('gives ten new ones, and the old ones stop working', async () => {
    const user = await buildMfaUser(service, acme);
    const { accessToken } = await signInWithCode(service, user, -1);
    const challengeToken = await challengeOf(service, user);
    const answer = (recoveryCode?: string) => answerChallenge(service, { challengeToken, recoveryCode });
    await answer(user.recoveryCodes[0]);

    let recoveryCodes: string[] = [];
    const events = await eventsOf(async () => {
      const replaced = await call(accessToken, 'replaceRecoveryCodes', {
        code: codeOf(service, user.secret),
      });
      expect(replaced.problems).toEqual([]);
      ({ recoveryCodes } = replaced);
    });
    expect(new Set([...recoveryCodes, ...user.recoveryCodes]).size).toBe(20);
    expect(events).toEqual([
      { action: 'user.recovery_codes_replaced', actor: user.id, target: user.id, changes: [] },
    ]);
    const { data } = await service.graphql('{ viewer { recoveryCodesLeft } }', {}, { token: accessToken });
    expect(data.viewer.recoveryCodesLeft).toBe(10);
    expect((await answer(user.recoveryCodes[1])).session).toBeNull();
    expect((await answer(recoveryCodes[1])).session).not.toBeNull();
  });

  test('needs a code that was not used, and two-factor authentication', async () => {
    const user = await buildMfaUser(service, acme);
    const { accessToken } = await signInWithCode(service, user);
    await expectNothingWritten(service, async () => {
      for (const [code, problem] of [
        [codeOf(service, user.secret), 'input.code INVALID_MFA_CODE'],
        [wrongCode(service, user.secret), 'input.code INVALID_MFA_CODE'],
        [user.recoveryCodes[0], 'input.code INVALID_MFA_CODE'],
        [' ', 'input.code REQUIRED'],
      ]) {
        const refused = await call(accessToken, 'replaceRecoveryCodes', { code });
        expect(refused).toEqual({ recoveryCodes: null, problems: [problem] });
      }
      const plain = await call(bystander.token, 'replaceRecoveryCodes', { code: '123456' });
      expect(plain.problems).toEqual(['input MFA_NOT_ENABLED']);
    });
  });
});

test('all this has left everyone else alone, and no secret behind', async () => {
  expect(await readUser(service, administrator.token, bystander.id)).toMatchObject({
    firstName: 'Sam',
    version: 1,
    mfaEnabled: false,
  });
  expect(await isSignedIn(service, bystander.token)).toBe(true);
  const tables = await storedRows(service);
  expect(JSON.stringify(tables)).not.toContain(NEW_PASSWORD);
  expect(JSON.stringify(tables.audit_event)).not.toMatch(/argon2|\$v=|[A-Z2-7]{32}/);
});
