import { carryOut } from './audit-mutations';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type Person,
} from './builders';
import { attempt, cheapHash, failedAttemptsOf, failToSignIn, FREE_ATTEMPTS } from './failed-attempts';
import { startService, type TestService } from './harness';
import { buildMfaUser, codeOf } from './mfa-builders';
import { answerChallenge, challengeOf } from './sign-in-steps';
import { expectNothingWritten } from './stored-rows';
import { mutate } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  service = await startService({ trustedProxies: ['127.0.0.1'] });
  service.stopClock();
  acme = await buildOrganization(service);
});
beforeEach(async () => {
  administrator = await buildPerson(service, acme, 'administrator');
});

const change = (input: object, { token }: Person = administrator) =>
  mutate(service, token, 'updateUser', { id: administrator.id, ...input });

test.each([
  ['password', { password: 'Another-Horse-9' }],
  ['username', { username: 'thief@example.com' }],
])('nobody changes their own %s without the present password', async (field, input) => {
  await expectNothingWritten(service, async () => {
    const { problems } = await change({ ...input, firstName: 'Eve' });
    expect(problems).toEqual([`input.${field} CANNOT_CHANGE_OWN_CREDENTIALS`]);
  });
});

test('the rest of oneself can be changed as that of others, with the username that one has', async () => {
  const { username } = administrator;
  expect((await change({ firstName: 'Eve', username })).problems).toEqual([]);
});

async function changeUsername(input: object, { token } = administrator) {
  const { data } = await service.graphql(
    `mutation ($input: ChangeUsernameInput!) {
      changeUsername(input: $input) { user { username } userErrors { code field } } }`,
    { input },
    { token },
  );
  return data.changeUsername as { user: { username: string } | null; userErrors: object[] };
}

test('one’s own username is changed with the present password, and signs in from then on', async () => {
  const username = 'changed@example.com';
  const refused = await changeUsername({ username, currentPassword: 'Wrong-Horse' });
  expect(refused.userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: ['input', 'currentPassword'] }]);
  const { user, userErrors } = await changeUsername({ username, currentPassword: PASSWORD });
  expect({ user, userErrors }).toEqual({ user: { username }, userErrors: [] });
  expect((await attempt(service, { username })).signedIn).toBe(true);
  expect((await attempt(service, { username: administrator.username })).signedIn).toBe(false);
});

test.each([
  ['of somebody else', () => administrator.username, 'USERNAME_TAKEN'],
  ['that is no address', () => 'nobody', 'INVALID_EMAIL'],
  ['that is blank', () => ' ', 'REQUIRED'],
])('a username %s is refused', async (_what, username, code) => {
  const agent = await buildPerson(service, acme, 'agent');
  const { userErrors } = await changeUsername({ username: username(), currentPassword: PASSWORD }, agent);
  expect(userErrors).toEqual([{ code, field: ['input', 'username'] }]);
});

const unlock = async (id: string) =>
  (await carryOut(service, 'unlockUser', { input: { id }, token: administrator.token })).problems;

test('nobody unlocks themselves', async () => {
  await failToSignIn(service, 3, { username: administrator.username, from: '192.0.2.1' });
  const problems = await unlock(administrator.id);
  expect(problems).toEqual(['CANNOT_UNLOCK_YOURSELF']);
  expect(await failedAttemptsOf(service, administrator)).toEqual([3]);
});

test('unlocking lets passwords be tried again, and no code more', async () => {
  const user = await buildMfaUser(service, acme);
  const challengeToken = await challengeOf(service, user);
  for (let guess = 0; guess < 30; guess += 1) {
    await answerChallenge(service, { challengeToken, mfaCode: '000000' });
    await unlock(user.id);
  }
  // Right, and refused: there were too many wrong ones.
  const { problems } = await answerChallenge(service, {
    challengeToken,
    mfaCode: codeOf(service, user.secret),
  });
  expect(problems).toEqual(['input.answer.mfaCode INVALID_MFA_CODE']);
});

test('unlocking clears the wrong passwords of every place', async () => {
  const user = await buildUser(service, acme, { passwordHash: await cheapHash() });
  const { username } = user;
  await failToSignIn(service, FREE_ATTEMPTS, { username, from: '192.0.2.7' });
  await unlock(user.id);
  expect(await failedAttemptsOf(service, user)).toEqual([]);
});
