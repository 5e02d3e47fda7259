import { transaction } from '../src/database/transaction';
import { Organization } from '../src/organizations/organization.entity';
import { Role } from '../src/roles/role.entity';
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
import { buildMfaUser, codeOf, wrongCode } from './mfa-builders';
import {
  answerChallenge,
  beginSignIn,
  challengeOf,
  confirmMfaSetUp,
  isSignedIn,
  refresh,
  startMfaSetUp,
} from './sign-in-steps';
import { recordedChanges, rowsOf } from './stored-rows';
import { mutate, readUser } from './user-mutations';
import { globalId } from '../src/global-id/global-id';

const NEW_PASSWORD = 'Battery-Staple';
const INVALID_CHALLENGE = ['input.challengeToken INVALID_CHALLENGE'];
const WRONG_STEP = ['input WRONG_STEP'];

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
});

const update = (user: BuiltUser, input: Record<string, unknown>) =>
  mutate(service, administrator.token, 'updateUser', { id: user.id, ...input });

const stepsOf = async (user: BuiltUser) => (await beginSignIn(service, user)).challenge?.steps ?? [];

const auditOf = async ({ id }: BuiltUser) =>
  (await recordedChanges(service))
    .filter((row) => row.target_id === rowIdOf(id))
    .map(({ action, actor_user_id, changes }) => ({
      action,
      actor: globalId('User', actor_user_id as number),
      changes: JSON.parse(String(changes)) as unknown,
    }));

async function mfaRequiredBy({ id }: BuiltUser) {
  const { data } = await service.graphql(
    'query ($id: ID!) { user(id: $id) { mfaRequired mfaRequiredBy } }',
    { id },
    { token: administrator.token },
  );
  return data.user as { mfaRequired: boolean; mfaRequiredBy: string[] };
}

describe('"Force reset password"', () => {
  test('the next sign-in sets a new password, and only then there is a session', async () => {
    const user = await buildUser(service, acme);
    const before = await signIn(service, user);
    await update(user, { forcePasswordReset: true });
    const { session, challenge, cookies } = await beginSignIn(service, user);
    expect(session).toBeNull();
    expect(cookies).toEqual([]);
    expect(challenge!.steps).toEqual(['CHANGE_PASSWORD']);

    const answered = await answerChallenge(service, {
      challengeToken: challenge!.token,
      newPassword: NEW_PASSWORD,
    });
    expect(answered).toMatchObject({ challenge: null, problems: [] });
    expect(await isSignedIn(service, answered.session!.accessToken)).toBe(true);
    expect(await isSignedIn(service, before.accessToken)).toBe(false);
    expect(await refresh(service, before.refreshToken)).toBeNull();

    expect((await beginSignIn(service, user)).problems).toEqual(['input INVALID_CREDENTIALS']);
    expect((await beginSignIn(service, user, { password: NEW_PASSWORD })).session).not.toBeNull();
    expect(await readUser(service, administrator.token, user.id)).toMatchObject({
      forcePasswordReset: false,
    });
    expect((await auditOf(user)).slice(1)).toEqual([
      {
        action: 'user.password_changed',
        actor: user.id,
        changes: [
          { field: 'forcePasswordReset', before: true, after: false },
          { field: 'password', before: null, after: null },
        ],
      },
    ]);
  });

  test('the new password must differ and keep to the rules; until it does, nothing is used up', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: true });
    const challengeToken = await challengeOf(service, user);
    const before = await rowsOf(service, 'user_credential');
    for (const [newPassword, problems] of [
      [PASSWORD, ['PASSWORD_UNCHANGED']],
      ['', ['REQUIRED']],
      ['abc', ['PASSWORD_NEEDS_UPPERCASE', 'PASSWORD_TOO_SHORT']],
      ['ABCDEF', ['PASSWORD_NEEDS_LOWERCASE']],
      [`A${'a'.repeat(1000)}`, ['TOO_LONG']],
    ] as const) {
      const refused = await answerChallenge(service, { challengeToken, newPassword });
      expect(refused).toMatchObject({ session: null, challenge: null });
      expect(refused.problems).toEqual(problems.map((code) => `input.answer.newPassword ${code}`));
    }
    expect(await rowsOf(service, 'user_credential')).toEqual(before);
    expect(await auditOf(user)).toEqual([]);
    const answered = await answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD });
    expect(answered.session).not.toBeNull();
  });

  test('a challenge sets one password only', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: true });
    const challengeToken = await challengeOf(service, user);
    await answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD });
    const again = await answerChallenge(service, { challengeToken, newPassword: 'Yet-Another' });
    expect(again.problems).toEqual(INVALID_CHALLENGE);
    expect((await beginSignIn(service, user, { password: NEW_PASSWORD })).session).not.toBeNull();
  });

  test('of ten new passwords at once one is set, and one session opened', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: true });
    const challengeToken = await challengeOf(service, user);
    const passwords = Array.from({ length: 10 }, (_, index) => `${NEW_PASSWORD}-${index}`);
    const answers = await Promise.all(
      passwords.map((newPassword) => answerChallenge(service, { challengeToken, newPassword })),
    );
    const winners = passwords.filter((_, index) => answers[index]!.session !== null);
    expect(winners).toHaveLength(1);
    expect((await beginSignIn(service, user, { password: winners[0]! })).session).not.toBeNull();
    expect((await auditOf(user)).filter(({ action }) => action === 'user.password_changed')).toHaveLength(1);
  });
});

describe('"Force two factor authentication"', () => {
  test('the next sign-in sets up two-factor authentication, and only then there is a session', async () => {
    const user = await buildUser(service, acme);
    const before = await signIn(service, user);
    await update(user, { forceMfa: true });
    const { session, challenge } = await beginSignIn(service, user);
    expect(session).toBeNull();
    expect(challenge!.steps).toEqual(['SET_UP_MFA']);

    const challengeToken = challenge!.token;
    const { secret, qrCodeSvg } = await startMfaSetUp(service, { challengeToken });
    expect(qrCodeSvg).toMatch(/^<svg/);
    const code = codeOf(service, secret);
    const confirmed = await confirmMfaSetUp(service, { challengeToken, code });
    expect(confirmed.problems).toEqual([]);
    expect(confirmed.recoveryCodes).toHaveLength(10);
    expect(confirmed.signIn).toMatchObject({ challenge: null, problems: [] });
    expect(await isSignedIn(service, confirmed.signIn!.session!.accessToken)).toBe(true);
    expect(await isSignedIn(service, before.accessToken)).toBe(false);
    expect(await stepsOf(user)).toEqual(['ENTER_MFA_CODE']);
    expect((await auditOf(user)).slice(1)).toEqual([
      {
        action: 'user.mfa_set_up',
        actor: user.id,
        changes: [{ field: 'mfaEnabled', before: false, after: true }],
      },
    ]);
  });

  test('a wrong code leaves the step open; starting anew shows the same secret', async () => {
    const user = await buildUser(service, acme, { forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    const first = await startMfaSetUp(service, { challengeToken });
    const second = await startMfaSetUp(service, { challengeToken });
    expect(second.secret).toBe(first.secret);
    for (const code of [wrongCode(service, first.secret), '12345', '']) {
      const refused = await confirmMfaSetUp(service, { challengeToken, code });
      expect(refused).toEqual({
        recoveryCodes: null,
        signIn: null,
        problems: ['input.code INVALID_MFA_CODE'],
      });
    }
    expect(await stepsOf(user)).toEqual(['SET_UP_MFA']);
    const code = codeOf(service, second.secret);
    expect((await confirmMfaSetUp(service, { challengeToken, code })).signIn!.session).not.toBeNull();
  });

  test('the challenge that set it up neither sets up another nor opens a second session', async () => {
    const user = await buildUser(service, acme, { forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    const { secret } = await startMfaSetUp(service, { challengeToken });
    await confirmMfaSetUp(service, { challengeToken, code: codeOf(service, secret) });
    expect((await startMfaSetUp(service, { challengeToken })).problems).toEqual(INVALID_CHALLENGE);
    const code = codeOf(service, secret, 1);
    expect((await confirmMfaSetUp(service, { challengeToken, code })).problems).toEqual(INVALID_CHALLENGE);
    const mfaCode = code;
    expect((await answerChallenge(service, { challengeToken, mfaCode })).problems).toEqual(INVALID_CHALLENGE);
  });

  test('whoever has two-factor authentication enters its code and need not set it up again', async () => {
    const user = await buildMfaUser(service, acme, { forceMfa: true });
    expect(await stepsOf(user)).toEqual(['ENTER_MFA_CODE']);
    const challengeToken = await challengeOf(service, user);
    const mfaCode = codeOf(service, user.secret);
    expect((await answerChallenge(service, { challengeToken, mfaCode })).session).not.toBeNull();
  });

  test('one that was begun but never confirmed does not count as one', async () => {
    const user = await buildUser(service, acme);
    const { accessToken } = await signIn(service, user);
    const { secret } = await startMfaSetUp(service, {}, accessToken);
    await update(user, { forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    const mfaCode = codeOf(service, secret);
    expect((await answerChallenge(service, { challengeToken, mfaCode })).problems).toEqual(WRONG_STEP);
  });
});

describe('the order of the steps', () => {
  test('new password, then setting up', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: true, forceMfa: true });
    const first = (await beginSignIn(service, user)).challenge!;
    expect(first.steps).toEqual(['CHANGE_PASSWORD', 'SET_UP_MFA']);
    expect((await startMfaSetUp(service, { challengeToken: first.token })).problems).toEqual(WRONG_STEP);

    const second = await answerChallenge(service, {
      challengeToken: first.token,
      newPassword: NEW_PASSWORD,
    });
    expect(second).toMatchObject({ session: null, problems: [], cookies: [] });
    expect(second.challenge!.steps).toEqual(['SET_UP_MFA']);
    const challengeToken = second.challenge!.token;
    const { secret } = await startMfaSetUp(service, { challengeToken });
    const third = await confirmMfaSetUp(service, { challengeToken, code: codeOf(service, secret) });
    expect(third.signIn!.session).not.toBeNull();
  });

  test('code, then new password; two-factor authentication that is on need not be set up', async () => {
    const user = await buildMfaUser(service, acme, { forcePasswordReset: true, forceMfa: true });
    const first = (await beginSignIn(service, user)).challenge!;
    expect(first.steps).toEqual(['ENTER_MFA_CODE', 'CHANGE_PASSWORD']);
    const early = { challengeToken: first.token, newPassword: NEW_PASSWORD };
    expect((await answerChallenge(service, early)).problems).toEqual(WRONG_STEP);

    const mfaCode = codeOf(service, user.secret);
    const second = await answerChallenge(service, { challengeToken: first.token, mfaCode });
    expect(second.session).toBeNull();
    expect(second.challenge!.steps).toEqual(['CHANGE_PASSWORD']);
    const third = await answerChallenge(service, {
      challengeToken: second.challenge!.token,
      newPassword: NEW_PASSWORD,
    });
    expect(third).toMatchObject({ challenge: null, problems: [] });
    expect(third.session).not.toBeNull();
  });

  test('a recovery code stands in for the code, in the same order', async () => {
    const user = await buildMfaUser(service, acme, { forcePasswordReset: true });
    const challengeToken = await challengeOf(service, user);
    const [recoveryCode] = user.recoveryCodes;
    const { challenge } = await answerChallenge(service, { challengeToken, recoveryCode });
    expect(challenge!.steps).toEqual(['CHANGE_PASSWORD']);
  });

  test('what an administrator demands amid a sign-in is demanded in that sign-in', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    await update(user, { forcePasswordReset: true });
    const mfaCode = codeOf(service, user.secret);
    const { session, challenge } = await answerChallenge(service, { challengeToken, mfaCode });
    expect(session).toBeNull();
    expect(challenge!.steps).toEqual(['CHANGE_PASSWORD']);
  });

  test('a user of whom nothing is demanded has no steps', async () => {
    const user = await buildUser(service, acme);
    expect(await stepsOf(user)).toEqual([]);
    expect(await mfaRequiredBy(user)).toEqual({ mfaRequired: false, mfaRequiredBy: [] });
  });
});

describe('who demands two-factor authentication', () => {
  const demandBy = (entity: typeof Role | typeof Organization, id: number) =>
    transaction(service.app.database, (tx) => tx.update(entity, { id }, { mfaRequired: true }));

  test('the role, the organization and the flag of the user; each is named', async () => {
    const globex = await buildOrganization(service, 'Globex');
    const boss = await buildPerson(service, globex, 'administrator');
    const [agent, viewer] = [
      await buildUser(service, globex),
      await buildUser(service, globex, { role: 'viewer' }),
    ];
    const demands = async ({ id }: BuiltUser) => {
      const { data } = await service.graphql(
        'query ($id: ID!) { user(id: $id) { mfaRequired mfaRequiredBy role { mfaRequired } } }',
        { id },
        { token: boss.token },
      );
      return data.user as object;
    };

    await demandBy(Role, rowIdOf(globex.roles.agent));
    expect(await demands(agent)).toEqual({
      mfaRequired: true,
      mfaRequiredBy: ['ROLE'],
      role: { mfaRequired: true },
    });
    expect(await demands(viewer)).toMatchObject({ mfaRequired: false, mfaRequiredBy: [] });
    expect(await stepsOf(agent)).toEqual(['SET_UP_MFA']);
    expect(await stepsOf(viewer)).toEqual([]);

    await demandBy(Organization, globex.id);
    expect(await demands(viewer)).toEqual({
      mfaRequired: true,
      mfaRequiredBy: ['ORGANIZATION'],
      role: { mfaRequired: false },
    });
    expect(await stepsOf(viewer)).toEqual(['SET_UP_MFA']);
    await mutate(service, boss.token, 'updateUser', { id: agent.id, forceMfa: true });
    expect(await demands(agent)).toMatchObject({ mfaRequiredBy: ['USER', 'ROLE', 'ORGANIZATION'] });

    const { data } = await service.graphql(
      '{ viewer { organization { mfaRequired } } }',
      {},
      { token: boss.token },
    );
    expect(data.viewer.organization).toEqual({ mfaRequired: true });
    expect(await mfaRequiredBy(await buildUser(service, acme))).toMatchObject({ mfaRequired: false });
  });

  test('lifting the demand on the user leaves that of their role', async () => {
    const globex = await buildOrganization(service, 'Initech');
    const boss = await buildPerson(service, globex, 'administrator');
    const user = await buildUser(service, globex, { forceMfa: true });
    await demandBy(Role, rowIdOf(globex.roles.agent));
    const { user: after } = await mutate(service, boss.token, 'updateUser', { id: user.id, forceMfa: false });
    expect(after!.mfaRequired).toBe(true);
    expect(await stepsOf(user)).toEqual(['SET_UP_MFA']);
  });
});

describe('whoever signs in by steps gets what they asked for at the end', () => {
  const throughAllSteps = async (withRefreshToken: boolean) => {
    const user = await buildUser(service, acme, { forcePasswordReset: true, forceMfa: true });
    const challengeToken = await challengeOf(service, user, { withRefreshToken });
    const next = await answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD });
    const token = next.challenge!.token;
    const { secret } = await startMfaSetUp(service, { challengeToken: token });
    const code = codeOf(service, secret);
    return (await confirmMfaSetUp(service, { challengeToken: token, code })).signIn!;
  };

  test('a program the refresh token, and no cookie', async () => {
    const { session, cookies } = await throughAllSteps(true);
    expect(cookies).toEqual([]);
    expect(await refresh(service, session!.refreshToken)).not.toBeNull();
  });

  test('a browser the cookie, and no refresh token', async () => {
    const { session, cookies } = await throughAllSteps(false);
    expect(session!.refreshToken).toBeNull();
    const refreshing = cookies.filter((cookie) => cookie.startsWith('rolecall='));
    expect(refreshing).toHaveLength(1);
    expect(refreshing[0]).toContain('HttpOnly');
    const { data } = await service.graphql(
      'mutation { refreshSession(input: {}) { session { accessToken } } }',
      {},
      { headers: { cookie: refreshing[0]!.split(';')[0]! } },
    );
    expect(await isSignedIn(service, data.refreshSession.session.accessToken as string)).toBe(true);
  });
});
