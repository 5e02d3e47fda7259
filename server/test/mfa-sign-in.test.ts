import { rowIdOf, buildOrganization, buildPerson, type BuiltOrganization } from './builders';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { alignClock, buildMfaUser, codeOf, type MfaUser } from './mfa-builders';
import {
  answerChallenge,
  beginSignIn,
  challengeOf,
  confirmMfaSetUp,
  isSignedIn,
  signInWithCode,
  startMfaSetUp,
} from './sign-in-steps';
import { rowsOf, storedRows } from './stored-rows';

const INVALID_CODE = ['input.answer.mfaCode INVALID_MFA_CODE'];
const INVALID_RECOVERY_CODE = ['input.answer.recoveryCode INVALID_RECOVERY_CODE'];

/** Two instances of the service on one database. */
let service: TestService;
let other: TestService;
let acme: BuiltOrganization;

beforeAll(async () => {
  service = await startService();
  other = await startAnotherInstance(service);
  acme = await buildOrganization(service, 'Größe & Söhne: East');
});

async function recoveryCodesLeft(token: string): Promise<number> {
  const { data } = await service.graphql('{ viewer { recoveryCodesLeft } }', {}, { token });
  return data.viewer.recoveryCodesLeft as number;
}

const sessionsOf = async ({ id }: { id: string }) =>
  (await rowsOf(service, 'session')).filter((row) => row.user_id === rowIdOf(id));

describe('signing in with a code', () => {
  test('the password brings a challenge and no session, the code the session', async () => {
    const user = await buildMfaUser(service, acme);
    const first = await beginSignIn(service, user);
    expect(first).toMatchObject({ session: null, problems: [], cookies: [] });
    expect(first.challenge!.steps).toEqual(['ENTER_MFA_CODE']);
    const lifetime = new Date(first.challenge!.expiresAt).getTime() - service.now().getTime();
    expect(lifetime).toBeGreaterThan(890_000);
    expect(lifetime).toBeLessThanOrEqual(900_000);
    expect(await sessionsOf(user)).toEqual([]);

    const mfaCode = codeOf(service, user.secret);
    const second = await answerChallenge(service, { challengeToken: first.challenge!.token, mfaCode });
    expect(second).toMatchObject({ challenge: null, problems: [] });
    expect(second.session!.viewer.user.id).toBe(user.id);
    expect(await isSignedIn(service, second.session!.accessToken)).toBe(true);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('takes the codes of one step before and after, and none farther away', async () => {
    const early = await buildMfaUser(service, acme);
    const late = await buildMfaUser(service, acme);
    const answer = async (user: MfaUser, later: number) => {
      const challengeToken = await challengeOf(service, user);
      return answerChallenge(service, { challengeToken, mfaCode: codeOf(service, user.secret, later) });
    };
    alignClock(service, other);
    expect((await answer(late, -2)).problems).toEqual(INVALID_CODE);
    expect((await answer(late, -1)).session).not.toBeNull();
    expect((await answer(early, 2)).problems).toEqual(INVALID_CODE);
    expect((await answer(early, 1)).session).not.toBeNull();
  });

  test.each([
    ['empty', () => ''],
    ['of five digits', (code: string) => code.slice(1)],
    ['of seven digits', (code: string) => `0${code}`],
    ['with spaces around it', (code: string) => ` ${code} `],
    ['with a space in it', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    [
      'of full-width digits',
      (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
    ['of letters', () => 'abcdef'],
    ['with a line feed', (code: string) => `${code}\n`],
    ['of ten thousand digits', (code: string) => code.repeat(1667)],
  ])('refuses a code %s, and then takes the right one', async (_what, spoil) => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const mfaCode = codeOf(service, user.secret);
    const refused = await answerChallenge(service, { challengeToken, mfaCode: spoil(mfaCode) });
    expect(refused).toMatchObject({ session: null, challenge: null, problems: INVALID_CODE });
    expect((await answerChallenge(service, { challengeToken, mfaCode })).session).not.toBeNull();
  });

  test('refuses a code of someone else', async () => {
    const [user, someone] = [await buildMfaUser(service, acme), await buildMfaUser(service, acme)];
    const challengeToken = await challengeOf(service, user);
    const answer = (input: object) => answerChallenge(service, { challengeToken, ...input });
    expect((await answer({ mfaCode: codeOf(service, someone.secret) })).problems).toEqual(INVALID_CODE);
    expect((await answer({ recoveryCode: someone.recoveryCodes[0] })).problems).toEqual(
      INVALID_RECOVERY_CODE,
    );
  });

  test('a code works once: not again in this sign-in, in the next one, or for anything else', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const mfaCode = codeOf(service, user.secret);
    const { session } = await answerChallenge(service, { challengeToken, mfaCode });
    expect((await answerChallenge(service, { challengeToken, mfaCode })).problems).toEqual(INVALID_CODE);
    const next = await challengeOf(other, user);
    expect((await answerChallenge(other, { challengeToken: next, mfaCode })).problems).toEqual(INVALID_CODE);
    const { data } = await service.graphql(
      `mutation { replaceRecoveryCodes(input: { code: "${mfaCode}" }) { userErrors { code } } }`,
      {},
      { token: session!.accessToken },
    );
    expect(data.replaceRecoveryCodes.userErrors).toEqual([{ code: 'INVALID_MFA_CODE' }]);
  });

  test('after a code, those of the steps before it are used up too', async () => {
    const user = await buildMfaUser(service, acme);
    alignClock(service, other);
    await signInWithCode(service, user);
    await expect(signInWithCode(service, user, -1)).rejects.toThrow('INVALID_MFA_CODE');
    await signInWithCode(service, user, 1);
  });

  test('the code that confirmed the setup does not sign in as well', async () => {
    const person = await buildPerson(service, acme, 'viewer');
    const { secret } = await startMfaSetUp(service, {}, person.token);
    const mfaCode = codeOf(service, secret);
    await confirmMfaSetUp(service, { code: mfaCode }, person.token);
    const challengeToken = await challengeOf(other, person);
    expect((await answerChallenge(other, { challengeToken, mfaCode })).problems).toEqual(INVALID_CODE);
    const next = codeOf(service, secret, 1);
    expect((await answerChallenge(other, { challengeToken, mfaCode: next })).session).not.toBeNull();
  });

  test('the same code fifty times at once on two instances opens one session', async () => {
    const user = await buildMfaUser(service, acme);
    const challenges = [await challengeOf(service, user), await challengeOf(other, user)];
    const mfaCode = codeOf(service, user.secret);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        answerChallenge(index % 2 ? service : other, { challengeToken: challenges[index % 2], mfaCode }),
      ),
    );
    expect(answers.filter(({ session }) => session !== null)).toHaveLength(1);
    expect(answers.filter(({ problems }) => problems.length > 0)).toHaveLength(49);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('the same code under twenty aliases of one request opens none', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const input = `{ challengeToken: "${challengeToken}", answer: { mfaCode: "${codeOf(service, user.secret)}" } }`;
    const fields = Array.from(
      { length: 20 },
      (_, index) => `a${index}: answerSignInChallenge(input: ${input}) { session { accessToken } }`,
    );
    const { errors } = await service.graphql(`mutation { ${fields.join('\n')} }`);
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
    expect(await sessionsOf(user)).toEqual([]);
  });
});

describe('signing in with a recovery code', () => {
  test('opens the session, works once, and the number left is shown', async () => {
    const user = await buildMfaUser(service, acme);
    const [recoveryCode] = user.recoveryCodes;
    const challengeToken = await challengeOf(service, user);
    const { session } = await answerChallenge(service, { challengeToken, recoveryCode });
    expect(await recoveryCodesLeft(session!.accessToken)).toBe(9);

    const again = await answerChallenge(service, { challengeToken, recoveryCode });
    expect(again).toMatchObject({ session: null, problems: INVALID_RECOVERY_CODE });
    const next = await challengeOf(other, user);
    const reused = await answerChallenge(other, { challengeToken: next, recoveryCode });
    expect(reused.problems).toEqual(INVALID_RECOVERY_CODE);
    expect(await recoveryCodesLeft(session!.accessToken)).toBe(9);
  });

  test('each of the ten works, an eleventh time nothing', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    for (const recoveryCode of user.recoveryCodes) {
      expect((await answerChallenge(service, { challengeToken, recoveryCode })).session).not.toBeNull();
    }
    for (const recoveryCode of user.recoveryCodes.slice(0, 3)) {
      expect((await answerChallenge(service, { challengeToken, recoveryCode })).session).toBeNull();
    }
  });

  test.each([
    ['in lower case', (code: string) => code.toLowerCase()],
    ['without its dash', (code: string) => code.replace('-', '')],
    ['with spaces', (code: string) => ` ${code.split('').join(' ')} `],
    ['with O for 0', (code: string) => code.replaceAll('0', 'O')],
    [
      'with small o, i and l',
      (code: string) => code.replaceAll('0', 'o').replace('1', 'l').replace('1', 'i'),
    ],
  ])('takes a code typed %s', async (_how, type) => {
    const user = await buildMfaUser(service, acme);
    const recoveryCode = user.recoveryCodes.find((code) => /[01]/.test(code)) ?? user.recoveryCodes[0]!;
    const challengeToken = await challengeOf(service, user);
    const { session } = await answerChallenge(service, { challengeToken, recoveryCode: type(recoveryCode) });
    expect(session).not.toBeNull();
  });

  test.each([
    ['empty', () => ''],
    ['dashes', () => '-----'],
    ['a code of six digits', (_code: string, secret: string) => codeOf(service, secret)],
    ['one character short', (code: string) => code.slice(1)],
    ['one character more', (code: string) => `${code}0`],
    ['another character', (code: string) => code.replace(/.$/, (last) => (last === '7' ? '8' : '7'))],
    ['two codes', (code: string) => code + code],
    ['its hash', (code: string) => Buffer.from(code).toString('hex').padEnd(64, '0')],
    ['a pattern', () => '%'],
    ['ten thousand characters', () => 'A'.repeat(10_000)],
  ])('refuses %s', async (_what, spoil) => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const recoveryCode = spoil(user.recoveryCodes[3]!, user.secret);
    const refused = await answerChallenge(service, { challengeToken, recoveryCode });
    expect(refused).toMatchObject({ session: null, challenge: null, problems: INVALID_RECOVERY_CODE });
  });

  test('the same code twenty times at once on two instances opens one session', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        answerChallenge(index % 2 ? service : other, {
          challengeToken,
          recoveryCode: user.recoveryCodes[0],
        }),
      ),
    );
    expect(answers.filter(({ session }) => session !== null)).toHaveLength(1);
    expect(await sessionsOf(user)).toHaveLength(1);
  });
});

test('no table holds the secret, the recovery codes or a challenge token', async () => {
  const user = await buildMfaUser(service, acme);
  const challengeToken = await challengeOf(service, user);
  const mfaCode = codeOf(service, user.secret);
  await answerChallenge(service, { challengeToken, mfaCode });
  await answerChallenge(service, { challengeToken, recoveryCode: user.recoveryCodes[0] });
  const everything = JSON.stringify(await storedRows(service));
  expect(everything).toContain(user.username);
  const bytes = Buffer.from(user.secret);
  for (const secret of [
    user.secret,
    bytes.toString('base64url'),
    bytes.toString('hex'),
    challengeToken,
    challengeToken.split('.')[2]!,
    ...user.recoveryCodes,
    ...user.recoveryCodes.map((code) => code.replace('-', '')),
  ]) {
    expect(everything).not.toContain(secret);
  }
});

test('an encrypted secret that was copied to another user opens nothing for them', async () => {
  const [user, thief] = [await buildMfaUser(service, acme), await buildMfaUser(service, acme)];
  const { writer } = service.app.database;
  await writer.query(
    `UPDATE user_totp SET sealed_secret =
       (SELECT sealed_secret FROM (SELECT * FROM user_totp) AS t WHERE t.user_id = ${rowIdOf(user.id)})
     WHERE user_id = ${rowIdOf(thief.id)}`,
  );
  const challengeToken = await challengeOf(service, thief);
  const { data } = await service.graphql(
    `mutation ($input: AnswerSignInChallengeInput!) { answerSignInChallenge(input: $input) { session { accessToken } } }`,
    { input: { challengeToken, answer: { mfaCode: codeOf(service, user.secret) } } },
  );
  expect(data?.answerSignInChallenge?.session ?? null).toBeNull();
});
