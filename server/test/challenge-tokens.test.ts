import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { decode, sign, type JwtPayload, type Secret } from 'jsonwebtoken';
import { deriveKeys } from '../src/crypto/secret-keys';
import { buildRolecallSchema } from '../src/graphql/schema';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  signIn,
  type BuiltOrganization,
  type Tokens,
} from './builders';
import { startService, TEST_SECRET, type TestService } from './harness';
import { buildMfaUser, codeOf, type MfaUser } from './mfa-builders';
import {
  answerChallenge,
  beginSignIn,
  challengeOf,
  confirmMfaSetUp,
  isSignedIn,
  refresh,
  startMfaSetUp,
} from './sign-in-steps';
import { expectNothingWritten } from './stored-rows';

const NEW_PASSWORD = 'Battery-Staple';
const ANSWER = `mutation ($input: AnswerSignInChallengeInput!) {
  answerSignInChallenge(input: $input) { session { accessToken } challenge { token } }
}`;
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

/** A value that the type takes, as a literal of GraphQL. */
function sample(type: GraphQLInputType): string {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${fields.map((field) => `${field.name}: ${sample(field.type)}`).join(', ')} }`;
  }
  return { Boolean: 'true', Int: '1', Float: '1', ID: '"1"' }[type.name] ?? '"Sample-1"';
}

/** Every field of the schema's roots as a document of its own. */
const schema = buildRolecallSchema();
const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
  Object.values((root as GraphQLObjectType).getFields()).map((field) => {
    const required = field.args.filter(isRequiredArgument);
    const args = required.map(({ name, type }) => `${name}: ${sample(type)}`).join(', ');
    const isMutation = root === schema.getMutationType();
    const selection = isMutation ? '{ __typename userErrors { code field message } }' : '{ __typename }';
    const call = `${field.name}${args && `(${args})`} ${selection}`;
    return { field: field.name, document: `${isMutation ? 'mutation' : 'query'} { ${call} }` };
  }),
);

describe('as a bearer a challenge token opens nothing', () => {
  let challenges: string[];

  beforeAll(async () => {
    challenges = await Promise.all([
      challengeOf(service, await buildMfaUser(service, acme, { role: 'administrator' })),
      challengeOf(service, await buildUser(service, acme, { role: 'administrator', forceMfa: true })),
      challengeOf(
        service,
        await buildUser(service, acme, { role: 'administrator', forcePasswordReset: true }),
      ),
    ]);
  });

  test('the operations tried are all there are', () => {
    expect(operations.length).toBeGreaterThanOrEqual(21);
    expect(operations.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['viewer', 'users', 'createUser', 'updateProfile', 'answerSignInChallenge']),
    );
  });

  test.each(operations)('$field answers like to the anonymous', async ({ document }) => {
    const anonymous = await service.graphql(document);
    for (const token of challenges) {
      const { status, data, errors } = await service.graphql(document, {}, { token });
      expect({ status, data, errors }).toEqual({
        status: anonymous.status,
        data: anonymous.data,
        errors: anonymous.errors,
      });
    }
  });

  test('an administrator who is signed in is not answered so', async () => {
    const closed = await service.graphql('{ users { __typename } }', {}, { token: challenges[0] });
    expect(closed.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const open = await service.graphql('{ users { __typename } }', {}, { token: administratorToken });
    expect(open.errors).toBeUndefined();
  });

  test('it renews no session', async () => {
    for (const token of challenges) {
      expect(await refresh(service, token)).toBeNull();
      const { data } = await service.graphql(
        'mutation { refreshSession(input: {}) { session { accessToken } userErrors { code } } }',
        {},
        { headers: { cookie: `rolecall=${token}` } },
      );
      expect(data.refreshSession.userErrors).toEqual([{ code: 'INVALID_REFRESH_TOKEN' }]);
    }
  });
});

describe('no other token passes for a challenge', () => {
  let tokens: Tokens;
  let user: MfaUser;
  let genuine: string;
  let claims: JwtPayload;
  const KEY = deriveKeys(TEST_SECRET).challenge;
  const head = { alg: 'HS256', typ: 'sign-in-challenge+jwt' };

  beforeAll(async () => {
    tokens = await signIn(service, await buildUser(service, acme));
    user = await buildMfaUser(service, acme);
    genuine = await challengeOf(service, user);
    claims = decode(genuine) as JwtPayload;
  });

  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const forge = (changed: Record<string, unknown>, key: Secret = KEY, header: object = {}) => {
    const payload = Object.entries({ ...claims, ...changed }).filter(([, value]) => value !== undefined);
    return sign(Object.fromEntries(payload), key, { algorithm: 'HS256', header: { ...head, ...header } });
  };
  const seconds = () => Math.floor(Date.now() / 1000);
  const keys = deriveKeys(TEST_SECRET);

  const forgeries: Record<string, () => string> = {
    'an access token': () => tokens.accessToken,
    'a refresh token': () => tokens.refreshToken,
    'signed with another secret': () => forge({}, deriveKeys(`${TEST_SECRET}!`).challenge),
    'signed with the SECRET itself': () => forge({}, Buffer.from(TEST_SECRET)),
    'signed with the key of access tokens': () => forge({}, keys.accessToken),
    'signed with the key of mails': () => forge({}, keys.mail),
    'alg none': () => `${encode({ ...head, alg: 'none' })}.${encode(claims)}.`,
    'alg NONE with the old signature': () =>
      [encode({ ...head, alg: 'NONE' }), ...genuine.split('.').slice(1)].join('.'),
    'alg HS512': () => sign(claims, KEY, { algorithm: 'HS512', header: { ...head, alg: 'HS512' } }),
    'a payload that says the code was entered': () => {
      const [header, , signature] = genuine.split('.');
      return [header, encode({ ...claims, mfa: true }), signature].join('.');
    },
    'a payload of another user': () => {
      const [header, , signature] = genuine.split('.');
      return [header, encode({ ...claims, sub: '1' }), signature].join('.');
    },
    'no signature': () => genuine.replace(/[^.]+$/, ''),
    'another audience': () => forge({ aud: 'rolecall-api' }),
    'no audience': () => forge({ aud: undefined }),
    'another issuer': () => forge({ iss: 'someone' }),
    'no issuer': () => forge({ iss: undefined }),
    'the type of access tokens': () => forge({}, KEY, { typ: 'at+jwt' }),
    'the common type': () => forge({}, KEY, { typ: 'JWT' }),
    'no exp': () => forge({ exp: undefined }),
    'exp in the past': () => forge({ iat: seconds() - 1000, exp: seconds() - 100 }),
    'exp far away with an old iat': () => forge({ iat: seconds() - 1000, exp: seconds() + 99_999 }),
    'no generation': () => forge({ gen: undefined }),
    'a generation as text': () => forge({ gen: String(claims.gen) }),
    'an earlier generation': () => forge({ gen: Number(claims.gen) - 1 }),
    'a later generation': () => forge({ gen: Number(claims.gen) + 1 }),
    nobody: () => forge({ sub: undefined }),
    'a user who does not exist': () => forge({ sub: '999999' }),
    'a user that is no number': () => forge({ sub: '1 OR 1=1' }),
    empty: () => '',
    nonsense: () => 'nonsense',
    'ten thousand characters': () => 'a.b.'.repeat(2500),
  };

  test.each(Object.entries(forgeries))('%s', async (_what, make) => {
    const challengeToken = make();
    await expectNothingWritten(service, async () => {
      const answers = await Promise.all([
        answerChallenge(service, { challengeToken, mfaCode: codeOf(service, user.secret) }),
        answerChallenge(service, { challengeToken, recoveryCode: user.recoveryCodes[0] }),
        answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD }),
        startMfaSetUp(service, { challengeToken }),
        confirmMfaSetUp(service, { challengeToken, code: codeOf(service, user.secret) }),
      ]);
      expect(answers.map(({ problems }) => problems)).toEqual(Array(5).fill(INVALID_CHALLENGE));
    });
  });

  test('the forged tokens of these tests are good when nothing is changed', async () => {
    const mfaCode = codeOf(service, user.secret);
    const answered = await answerChallenge(service, { challengeToken: forge({}), mfaCode });
    expect(answered.session).not.toBeNull();
  });

  test('it says nothing but ids, times and what was shown', () => {
    const { iat, exp, ...rest } = claims;
    expect(exp! - iat!).toBe(900);
    expect(Object.keys(rest).sort()).toEqual(['aud', 'gen', 'iss', 'mfa', 'prg', 'sub']);
  });

  test('an access token beside it does not make up for it', async () => {
    const { data } = await service.graphql(
      `mutation ($input: StartMfaSetUpInput!) { startMfaSetUp(input: $input) { secret userErrors { code } } }`,
      { input: { challengeToken: tokens.accessToken } },
      { token: tokens.accessToken },
    );
    expect(data.startMfaSetUp).toEqual({ secret: null, userErrors: [{ code: 'INVALID_CHALLENGE' }] });
  });
});

describe('a challenge takes the answer to its first step, and no other', () => {
  test('while a code is asked for: no password, no new setup of two-factor authentication', async () => {
    const user = await buildMfaUser(service, acme, { forcePasswordReset: true, forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    await expectNothingWritten(service, async () => {
      const answers = await Promise.all([
        answerChallenge(service, { challengeToken, newPassword: NEW_PASSWORD }),
        startMfaSetUp(service, { challengeToken }),
        confirmMfaSetUp(service, { challengeToken, code: codeOf(service, user.secret) }),
      ]);
      expect(answers.map(({ problems }) => problems)).toEqual(Array(3).fill(WRONG_STEP));
    });
  });

  test('also with the code entered, two-factor authentication is not set up anew amid the sign-in', async () => {
    const user = await buildMfaUser(service, acme, { forcePasswordReset: true });
    const first = await challengeOf(service, user);
    const mfaCode = codeOf(service, user.secret);
    const { challenge } = await answerChallenge(service, { challengeToken: first, mfaCode });
    expect((await startMfaSetUp(service, { challengeToken: challenge!.token })).problems).toEqual(WRONG_STEP);
  });

  test('while a new password is asked for: no code', async () => {
    const user = await buildUser(service, acme, { forcePasswordReset: true, forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    expect((await answerChallenge(service, { challengeToken, mfaCode: '123456' })).problems).toEqual(
      WRONG_STEP,
    );
    expect((await answerChallenge(service, { challengeToken, recoveryCode: 'A' })).problems).toEqual(
      WRONG_STEP,
    );
    expect((await confirmMfaSetUp(service, { challengeToken, code: '123456' })).problems).toEqual(WRONG_STEP);
  });

  test('while setting up is asked for: no code, no password', async () => {
    const user = await buildUser(service, acme, { forceMfa: true });
    const challengeToken = await challengeOf(service, user);
    const { secret } = await startMfaSetUp(service, { challengeToken });
    for (const answer of [
      { mfaCode: codeOf(service, secret) },
      { recoveryCode: 'AAAAA-AAAAA' },
      { newPassword: NEW_PASSWORD },
    ]) {
      const refused = await answerChallenge(service, { challengeToken, ...answer });
      expect(refused).toMatchObject({ session: null, challenge: null, problems: WRONG_STEP });
    }
    expect((await beginSignIn(service, user)).challenge!.steps).toEqual(['SET_UP_MFA']);
  });

  test('exactly one answer: none, two, three or null is refused, and uses up nothing', async () => {
    const user = await buildMfaUser(service, acme);
    const challengeToken = await challengeOf(service, user);
    const mfaCode = codeOf(service, user.secret);
    const [recoveryCode] = user.recoveryCodes;
    await expectNothingWritten(service, async () => {
      for (const answers of [
        {},
        { mfaCode: null },
        { mfaCode: null, recoveryCode: null, newPassword: null },
        { mfaCode, recoveryCode },
        { mfaCode, newPassword: NEW_PASSWORD },
        { recoveryCode, newPassword: NEW_PASSWORD },
        { mfaCode, recoveryCode, newPassword: NEW_PASSWORD },
        { mfaCode, newPassword: '' },
      ]) {
        const { data, errors } = await service.graphql(ANSWER, {
          input: { challengeToken, answer: answers },
        });
        expect(data?.answerSignInChallenge ?? null).toBeNull();
        expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      }
    });
    const answered = await answerChallenge(service, { challengeToken, mfaCode });
    expect(await isSignedIn(service, answered.session!.accessToken)).toBe(true);
  });
});
