import { buildOrganization, type BuiltOrganization } from './builders';
import { startService, type TestService } from './harness';
import { alignClock, buildEnrolledUser, codeOf, wrongCode } from './second-factors';
import { answerChallenge, challengeOf } from './sign-in-steps';

const QUARTER_OF_AN_HOUR = 15 * 60_000;

let service: TestService;
let organization: BuiltOrganization;

beforeAll(async () => {
  service = await startService();
  organization = await buildOrganization(service);
});

test('fifty wrong codes at once block the right one, until the block ends', async () => {
  alignClock(service);
  const user = await buildEnrolledUser(service, organization);
  const token = await challengeOf(service, user);
  const wrong = wrongCode(service, user.secret);
  await Promise.all(
    Array.from({ length: 50 }, () => answerChallenge(service, { challengeToken: token, mfaCode: wrong })),
  );

  const blocked = await answerChallenge(service, {
    challengeToken: token,
    mfaCode: codeOf(service, user.secret),
  });
  expect(blocked.problems).toEqual(['input.mfaCode INVALID_MFA_CODE']);

  service.advance(QUARTER_OF_AN_HOUR);
  const later = await challengeOf(service, user);
  const open = await answerChallenge(service, {
    challengeToken: later,
    mfaCode: codeOf(service, user.secret),
  });
  expect(open.session).not.toBeNull();
});

test('guessing recovery codes is blocked as well, and leaves the codes of the app alone', async () => {
  alignClock(service);
  const user = await buildEnrolledUser(service, organization);
  const token = await challengeOf(service, user);
  for (let guess = 0; guess < 6; guess += 1) {
    await answerChallenge(service, { challengeToken: token, recoveryCode: `00000-0000${guess}` });
  }
  const blocked = await answerChallenge(service, {
    challengeToken: token,
    recoveryCode: user.recoveryCodes[0]!,
  });
  expect(blocked.problems).toEqual(['input.recoveryCode INVALID_RECOVERY_CODE']);

  const open = await answerChallenge(service, {
    challengeToken: token,
    mfaCode: codeOf(service, user.secret),
  });
  expect(open.session).not.toBeNull();
});
