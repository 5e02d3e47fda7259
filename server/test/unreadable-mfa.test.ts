import { rowIdOf, buildOrganization, buildPerson, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';
import { startProcess } from './mail/service-process';
import { sharedDatabase } from './mail/shared-database';
import { startSink, until } from './mail/smtp-sink';
import { buildMfaUser, codeOf } from './mfa-builders';
import { answerChallenge, beginSignIn, challengeOf } from './sign-in-steps';
import { mutate } from './user-mutations';

const NEW_PASSWORD = 'Battery-Staple';
const INVALID_CODE = ['input.answer.mfaCode INVALID_MFA_CODE'];

describe('after SECRET was changed', () => {
  let service: TestService;
  let acme: BuiltOrganization;
  let administrator: Person;

  beforeAll(async () => {
    // The builders encrypt with the SECRET of all other tests.
    service = await startService({ secret: 'quite another secret, with more than thirty-two bytes' });
    acme = await buildOrganization(service);
    administrator = await buildPerson(service, acme, 'administrator');
  });

  test('a code is wrong, the right one too; an administrator disables two-factor authentication', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const refused = await answerChallenge(service, { challengeToken, mfaCode: codeOf(service, user.secret) });
    expect(refused).toMatchObject({ session: null, challenge: null, problems: INVALID_CODE });
    const reset = { id: user.id, newPassword: NEW_PASSWORD };
    expect((await mutate(service, administrator.token, 'resetMfa', reset)).problems).toEqual([]);
    expect((await beginSignIn(service, user, { password: NEW_PASSWORD })).session).not.toBeNull();
  });
});

test('the log names the user whose two-factor authentication cannot be read, and no secret; others are not concerned', async () => {
  const database = await sharedDatabase();
  const service = await startService({ database });
  const organization = await buildOrganization(service);
  const user = await buildMfaUser(service, organization);
  const other = await buildMfaUser(service, organization);
  await service.app.database.writer.query(
    `UPDATE user_totp SET sealed_secret = 'damaged' WHERE user_id = ${rowIdOf(user.id)}`,
  );
  const challenges = [await challengeOf(service, user), await challengeOf(service, other)];

  const running = await startProcess(database, await startSink(), 'development');
  const answer = async (challengeToken: string | undefined, mfaCode: string) => {
    const response = await fetch(running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation ($input: AnswerSignInChallengeInput!) {
          answerSignInChallenge(input: $input) { session { expiresAt } userErrors { code } } }`,
        variables: { input: { challengeToken, answer: { mfaCode } } },
      }),
    });
    return response.json();
  };
  const codes = [codeOf(service, user.secret), codeOf(service, other.secret)] as const;
  expect(await answer(challenges[0], codes[0])).toEqual({
    data: { answerSignInChallenge: { session: null, userErrors: [{ code: 'INVALID_MFA_CODE' }] } },
  });
  const told = `The TOTP secret of user ${rowIdOf(user.id)} cannot be decrypted: SECRET`;
  await until(() => running.output().includes(told), 'the line in the log');
  expect(await answer(challenges[1], codes[1])).toMatchObject({
    data: { answerSignInChallenge: { session: { expiresAt: expect.any(String) as string } } },
  });
  expect(running.output()).not.toContain(`user ${rowIdOf(other.id)} `);
  for (const secret of [...challenges, 'damaged', user.secret, other.secret]) {
    expect(running.output()).not.toContain(secret);
  }
});
