import { buildOrganization, type BuiltOrganization } from './builders';
import { startService, type TestService } from './harness';
import { alignClock, buildMfaUser, codeOf, wrongCode, type MfaUser } from './mfa-builders';
import { answerChallenge, challengeOf } from './sign-in-steps';

const MINUTE = 60_000;

let service: TestService;
let organization: BuiltOrganization;

async function answerWithRightCode(user: MfaUser) {
  const challengeToken = await challengeOf(service, user);
  return answerChallenge(service, { challengeToken, mfaCode: codeOf(service, user.secret) });
}

beforeAll(async () => {
  service = await startService();
  organization = await buildOrganization(service);
});

test('wrong codes, fifty at once and more later, block the right one until the block ends', async () => {
  alignClock(service);
  const user = await buildMfaUser(service, organization);
  const challengeToken = await challengeOf(service, user);
  const mfaCode = wrongCode(service, user.secret);
  await Promise.all(Array.from({ length: 50 }, () => answerChallenge(service, { challengeToken, mfaCode })));
  // Each further one blocks for twice as long: in the end for longer than any machine takes for this test.
  for (let attempt = 0; attempt < 8; attempt += 1) {
    service.advance(5 * MINUTE);
    await answerChallenge(service, {
      challengeToken: await challengeOf(service, user),
      mfaCode: wrongCode(service, user.secret),
    });
  }

  const blocked = await answerWithRightCode(user);
  expect(blocked.problems).toEqual(['input.answer.mfaCode INVALID_MFA_CODE']);
  service.advance(15 * MINUTE);
  expect((await answerWithRightCode(user)).session).not.toBeNull();
});

test('failed attempts with recovery codes are blocked as well, without effect on the codes of the app', async () => {
  alignClock(service);
  const user = await buildMfaUser(service, organization);
  for (let attempt = 0; attempt < 14; attempt += 1) {
    await answerChallenge(service, {
      challengeToken: await challengeOf(service, user),
      recoveryCode: `00000-0000${attempt}`,
    });
    service.advance(5 * MINUTE);
  }
  await answerChallenge(service, {
    challengeToken: await challengeOf(service, user),
    recoveryCode: '00000-00000',
  });
  const challengeToken = await challengeOf(service, user);
  const recoveryCode = user.recoveryCodes[0]!;
  const blocked = await answerChallenge(service, { challengeToken, recoveryCode });
  expect(blocked.problems).toEqual(['input.answer.recoveryCode INVALID_RECOVERY_CODE']);
  expect((await answerWithRightCode(user)).session).not.toBeNull();
});
