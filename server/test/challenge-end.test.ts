import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
} from './builders';
import { startService, type TestService } from './harness';
import { buildMfaUser, codeOf } from './mfa-builders';
import {
  answerChallenge,
  challengeOf,
  confirmMfaSetUp,
  isSignedIn,
  signInWithCode,
  startMfaSetUp,
} from './sign-in-steps';
import { mutate } from './user-mutations';

const NEW_PASSWORD = 'Battery-Staple';
const INVALID_CHALLENGE = ['input.challengeToken INVALID_CHALLENGE'];
const WRONG_STEP = ['input WRONG_STEP'];

let service: TestService;
let acme: BuiltOrganization;
let administratorToken: string;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administratorToken = (await buildPerson(service, acme, 'administrator')).token;
});

test('a challenge ends after fifteen minutes', async () => {
  const late = await startService();
  const organization = await buildOrganization(late);
  const user = await buildMfaUser(late, organization);
  const challengeToken = await challengeOf(late, user);
  late.advance(14 * 60_000 + 50_000);
  const mfaCode = codeOf(late, user.secret);
  expect((await answerChallenge(late, { challengeToken, newPassword: 'x' })).problems).toEqual(WRONG_STEP);
  late.advance(11_000);
  expect((await answerChallenge(late, { challengeToken, mfaCode })).problems).toEqual(INVALID_CHALLENGE);
  expect(
    (await answerChallenge(late, { challengeToken: await challengeOf(late, user), mfaCode })).session,
  ).not.toBeNull();
  await late.stop();
});

test.each([
  ['the user is disabled', 'setUserEnabled', { enabled: false }],
  ['an administrator sets another password', 'updateUser', { password: NEW_PASSWORD }],
  ['an administrator removes two-factor authentication', 'resetMfa', { newPassword: NEW_PASSWORD }],
] as const)('a challenge ends when %s', async (_what, mutation, input) => {
  const user = await buildMfaUser(service, acme);
  const challengeToken = await challengeOf(service, user);
  await mutate(service, administratorToken, mutation, { id: user.id, ...input });
  for (const answer of [
    { mfaCode: codeOf(service, user.secret) },
    { recoveryCode: user.recoveryCodes[0] },
    { newPassword: 'Yet-Another' },
  ]) {
    expect((await answerChallenge(service, { challengeToken, ...answer })).problems).toEqual(
      INVALID_CHALLENGE,
    );
  }
  expect((await startMfaSetUp(service, { challengeToken })).problems).toEqual(INVALID_CHALLENGE);
});

test('a challenge ends when the user sets another password where they are signed in', async () => {
  const user = await buildUser(service, acme);
  const { accessToken } = await signIn(service, user);
  await mutate(service, administratorToken, 'updateUser', { id: user.id, forceMfa: true });
  const challengeToken = await challengeOf(service, user);
  await service.graphql(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }',
    { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } },
    { token: accessToken },
  );
  expect((await startMfaSetUp(service, { challengeToken })).problems).toEqual(INVALID_CHALLENGE);
});

const everyStep = async () => [
  await buildMfaUser(service, acme),
  await buildUser(service, acme, { forcePasswordReset: true }),
  await buildUser(service, acme, { forceMfa: true }),
];

async function expectAllEnded(challenges: readonly string[]) {
  const [forCode, forPassword, forSetUp] = challenges;
  const answers = [
    await answerChallenge(service, { challengeToken: forCode, mfaCode: '123456' }),
    await answerChallenge(service, { challengeToken: forCode, recoveryCode: 'AAAAA-AAAAA' }),
    await answerChallenge(service, { challengeToken: forPassword, newPassword: NEW_PASSWORD }),
    await startMfaSetUp(service, { challengeToken: forSetUp }),
    await confirmMfaSetUp(service, { challengeToken: forSetUp, code: '123456' }),
  ];
  expect(answers.map(({ problems }) => problems)).toEqual(Array(5).fill(INVALID_CHALLENGE));
}

test('a challenge ends when an administrator ends the sessions of the user, at whichever step', async () => {
  const users = await everyStep();
  const challenges = await Promise.all(users.map((user) => challengeOf(service, user)));
  for (const { id } of users) {
    const { data } = await service.graphql(
      'mutation ($id: ID!) { endUserSessions(input: { id: $id }) { endedSessions userErrors { code } } }',
      { id },
      { token: administratorToken },
    );
    expect(data.endUserSessions).toEqual({ endedSessions: 0, userErrors: [] });
  }
  await expectAllEnded(challenges);
});

test('a challenge ends when the user is disabled, and does not come back when they are enabled', async () => {
  const users = await everyStep();
  const challenges = await Promise.all(users.map((user) => challengeOf(service, user)));
  for (const enabled of [false, true]) {
    for (const { id } of users) await mutate(service, administratorToken, 'setUserEnabled', { id, enabled });
  }
  await expectAllEnded(challenges);
});

test('a challenge ends when the user ends their other sessions; what they begin afterwards goes on', async () => {
  const user = await buildUser(service, acme);
  const { accessToken } = await signIn(service, user);
  await mutate(service, administratorToken, 'updateUser', { id: user.id, forceMfa: true });
  const challengeToken = await challengeOf(service, user);
  await service.graphql('mutation { endOtherSessions { endedSessions } }', {}, { token: accessToken });
  expect((await startMfaSetUp(service, { challengeToken })).problems).toEqual(INVALID_CHALLENGE);
  expect(await isSignedIn(service, accessToken)).toBe(true);
  const fresh = await challengeOf(service, user);
  expect((await startMfaSetUp(service, { challengeToken: fresh })).problems).toEqual([]);
});

test('a challenge with the code entered ends when two-factor authentication was set up anew since', async () => {
  const user = await buildMfaUser(service, acme);
  const { accessToken } = await signInWithCode(service, user, -1);
  await mutate(service, administratorToken, 'updateUser', { id: user.id, forcePasswordReset: true });
  const first = await challengeOf(service, user);
  const entered = await answerChallenge(service, {
    challengeToken: first,
    mfaCode: codeOf(service, user.secret),
  });
  await service.graphql(
    'mutation ($input: RemoveMfaInput!) { removeMfa(input: $input) { userErrors { code } } }',
    { input: { password: PASSWORD, code: codeOf(service, user.secret, 1) } },
    { token: accessToken },
  );
  const { secret } = await startMfaSetUp(service, {}, accessToken);
  await confirmMfaSetUp(service, { code: codeOf(service, secret) }, accessToken);
  const challengeToken = entered.challenge!.token;
  const answer = await answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD });
  expect(answer.problems).toEqual(INVALID_CHALLENGE);
});

test('other changes of the user leave a challenge alone', async () => {
  const user = await buildMfaUser(service, acme);
  const challengeToken = await challengeOf(service, user);
  await mutate(service, administratorToken, 'updateUser', { id: user.id, firstName: 'Grace' });
  const mfaCode = codeOf(service, user.secret);
  expect((await answerChallenge(service, { challengeToken, mfaCode })).session).not.toBeNull();
});
