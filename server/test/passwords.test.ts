// The cost of a stored password is among what is tested.
jest.unmock('@node-rs/argon2');

import type { Config, PasswordPolicy } from '../src/config/config';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  rowIdOf,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { attempt } from './failed-attempts';
import { rowsOf } from './stored-rows';
import { mutate } from './user-mutations';

const STRICT: PasswordPolicy = { minimumLength: 12, refusesCommon: true, refusesOwnName: true };

/** One service with the product's rule, one with every rule there is. */
let plain: Rolecall;
let strict: Rolecall;

interface Rolecall {
  readonly service: TestService;
  readonly acme: BuiltOrganization;
  readonly administrator: Person;
}

async function startRolecall(overrides: Partial<Config> = {}): Promise<Rolecall> {
  const service = await startService(overrides);
  const acme = await buildOrganization(service);
  return { service, acme, administrator: await buildPerson(service, acme, 'administrator') };
}

beforeAll(async () => {
  plain = await startRolecall();
  strict = await startRolecall({ passwordPolicy: STRICT });
});

let counter = 0;
async function create(
  { service, acme, administrator }: Rolecall,
  password: string,
  who: Record<string, unknown> = {},
) {
  counter += 1;
  return mutate(service, administrator.token, 'createUser', {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: `someone${counter}@example.com`,
    phone: '112',
    roleId: acme.roles.agent,
    password,
    ...who,
  });
}

const problems = async (rolecall: Rolecall, password: string, who: Record<string, unknown> = {}) =>
  (await create(rolecall, password, who)).problems.map((problem) => problem.replace('input.password ', ''));

async function policyOf({ service }: Rolecall) {
  const { data } = await service.graphql('{ passwordPolicy { minimumLength refusesCommon refusesOwnName } }');
  return data.passwordPolicy as PasswordPolicy;
}

test('everyone may read the rule', async () => {
  expect(await policyOf(plain)).toEqual({ minimumLength: 6, refusesCommon: false, refusesOwnName: false });
  expect(await policyOf(strict)).toEqual(STRICT);
});

test('a stored password costs whoever guesses it as much as OWASP recommends', async () => {
  const { user } = await create(plain, PASSWORD);
  const row = (await rowsOf(plain.service, 'user_credential')).find(
    ({ user_id }) => user_id === rowIdOf(user!.id),
  );
  expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('two passwords that differ after the 72nd byte are two', async () => {
  const start = `Aa${'x'.repeat(70)}`;
  const { user } = await create(plain, `${start}one`);
  const username = user!.username;
  expect((await attempt(plain.service, { username, password: `${start}two` })).signedIn).toBe(false);
  expect((await attempt(plain.service, { username, password: start })).signedIn).toBe(false);
  expect((await attempt(plain.service, { username, password: `${start}one` })).signedIn).toBe(true);
});

test.each([
  ['64 characters', `Aa${'correct horse battery staple '.repeat(3)}`.slice(0, 64)],
  ['a thousand characters', `Aa${'0'.repeat(998)}`],
  ['any script and spaces', 'Ключ от Квартиры 鍵はここ 🔑'],
  ['emoji with joiners', 'Ab👩‍👩‍👧‍👦'],
  ['spaces at both ends', '  Aa bb  '],
])('a password of %s is taken as it is', async (_what, password) => {
  for (const rolecall of [plain, ...([...password].length >= 12 ? [strict] : [])]) {
    const { user } = await create(rolecall, password);
    const { username } = user!;
    expect((await attempt(rolecall.service, { username, password })).signedIn).toBe(true);
    expect(
      (await attempt(rolecall.service, { username, password: password.trim().slice(0, -1) })).signedIn,
    ).toBe(false);
  }
});

test('however an accent was typed, it is the same password', async () => {
  const { user } = await create(plain, 'Caf\u00e9-Noir');
  const { username } = user!;
  expect((await attempt(plain.service, { username, password: 'Cafe\u0301-Noir' })).signedIn).toBe(true);
  expect((await attempt(plain.service, { username, password: 'Cafe-Noir' })).signedIn).toBe(false);
});

test('the least length counts characters', async () => {
  expect(await problems(strict, 'Aa345678901')).toEqual(['PASSWORD_TOO_SHORT']);
  expect(await problems(strict, 'Aa😀😀😀😀😀😀😀😀😀')).toEqual(['PASSWORD_TOO_SHORT']);
  expect(await problems(strict, 'Aa3456789012')).toEqual([]);
  expect(await problems(plain, 'Aa3456')).toEqual([]);
});

test.each(['Password1234', 'pAsswOrd1234', 'Qwertyuiop123', 'FinalFantasy', ' Password1234 '])(
  'a common password is refused where the operator wants it: %s',
  async (password) => {
    expect(await problems(strict, password)).toEqual(['PASSWORD_TOO_COMMON']);
    expect(await problems(plain, password)).toEqual([]);
  },
);

test('a common password is refused whatever letters are capital', async () => {
  const short = await startRolecall({ passwordPolicy: { ...STRICT, minimumLength: 6 } });
  for (const password of ['Monkey', 'LetMeIn', 'Dragon1', 'Passw0rd', 'Liverpool1', 'Charlie1', 'Zxcvbnm1']) {
    expect(await problems(short, password)).toEqual(['PASSWORD_TOO_COMMON']);
  }
  await short.service.stop();
});

test.each([
  ['the first name', 'Xx-josephine-77', {}],
  ['the last name in upper case', 'Xx-O-BRIEN-7777', {}],
  ['an accent dropped', 'Xx-Muller-7777', { lastName: 'Müller' }],
  ['the first and the last name', 'Bob.Lee-77777', { firstName: 'Bob', lastName: 'Lee' }],
  ['the mailbox', 'Xx-JO.Brien77-x', {}],
  ['letters with signs between', 'J-o-s-e-p-h-i-n-e', {}],
])('a password with %s of its user is refused where the operator wants it', async (_what, password, who) => {
  counter += 1;
  const user = {
    firstName: 'Joséphine',
    lastName: "O'Brien",
    username: `jo.brien77@host${counter}.example`,
    ...who,
  };
  expect(await problems(strict, password, user)).toEqual(['PASSWORD_CONTAINS_NAME']);
  expect(await problems(plain, password, { ...user, username: `x${user.username}` })).toEqual([]);
});

test('a name counts from its fourth letter on', async () => {
  const who = { firstName: 'Anna', lastName: 'Lee' };
  expect(await problems(strict, 'Xx-Savannah-77', who)).toEqual(['PASSWORD_CONTAINS_NAME']);
  expect(await problems(strict, 'Xx-Fleeting-77', who)).toEqual([]);
});

test('a short name may be part of a password, and so may the name of someone else', async () => {
  const who = { firstName: 'Ann', lastName: 'Li' };
  expect(await problems(strict, 'Blue-Channel-Like', who)).toEqual([]);
  expect(await problems(strict, 'Josephine-77-x', who)).toEqual([]);
});

test('every rule that a password breaks is told at once', async () => {
  expect(await problems(strict, 'ada')).toEqual(['PASSWORD_NEEDS_UPPERCASE', 'PASSWORD_TOO_SHORT']);
  expect(await problems(strict, 'LOVELACE')).toEqual([
    'PASSWORD_CONTAINS_NAME',
    'PASSWORD_NEEDS_LOWERCASE',
    'PASSWORD_TOO_COMMON',
    'PASSWORD_TOO_SHORT',
  ]);
});

describe('the rule holds wherever a password is set:', () => {
  const COMMON = 'Password1234';
  const edit = (input: Record<string, unknown>) =>
    mutate(strict.service, strict.administrator.token, 'updateUser', input);

  test('by an administrator', async () => {
    const user = await buildUser(strict.service, strict.acme, { firstName: 'Gwendolyn' });
    expect((await edit({ id: user.id, password: COMMON })).problems).toEqual([
      'input.password PASSWORD_TOO_COMMON',
    ]);
    expect((await edit({ id: user.id, password: 'Xx-gwendolyn-7' })).problems).toEqual([
      'input.password PASSWORD_CONTAINS_NAME',
    ]);
    // The name that the user gets with the same change counts, not the one that they had.
    expect((await edit({ id: user.id, password: 'Xx-Florence-77', firstName: 'Florence' })).problems).toEqual(
      ['input.password PASSWORD_CONTAINS_NAME'],
    );
    expect((await edit({ id: user.id, password: 'Xx-gwendolyn-7', firstName: 'Florence' })).problems).toEqual(
      [],
    );
    expect(
      (await attempt(strict.service, { username: user.username, password: 'Xx-gwendolyn-7' })).signedIn,
    ).toBe(true);
  });

  test('with a name that is null beside it', async () => {
    const user = await buildUser(strict.service, strict.acme);
    expect((await edit({ id: user.id, password: COMMON, firstName: null })).problems).toEqual([
      'input.firstName REQUIRED',
      'input.password PASSWORD_TOO_COMMON',
    ]);
  });

  test('with the removal of two-factor authentication', async () => {
    const user = await buildUser(strict.service, strict.acme, { mfaEnabled: true });
    const outcome = await mutate(strict.service, strict.administrator.token, 'resetMfa', {
      id: user.id,
      newPassword: COMMON,
    });
    expect(outcome.problems).toEqual(['input.newPassword PASSWORD_TOO_COMMON']);
  });

  test('by the user', async () => {
    const user = await buildPerson(strict.service, strict.acme, 'agent', { lastName: 'Robertson' });
    const change = async (newPassword: string) => {
      const { data } = await strict.service.graphql(
        `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code field } } }`,
        { input: { currentPassword: PASSWORD, newPassword } },
        { token: user.token },
      );
      return data.changePassword.userErrors;
    };
    const field = ['input', 'newPassword'];
    expect(await change(COMMON)).toEqual([{ code: 'PASSWORD_TOO_COMMON', field }]);
    expect(await change('Xx-robertson-7')).toEqual([{ code: 'PASSWORD_CONTAINS_NAME', field }]);
  });

  test('amid a sign-in that demands it', async () => {
    const user = await buildUser(strict.service, strict.acme, { forcePasswordReset: true });
    const begun = await strict.service.graphql(
      'mutation ($input: SignInInput!) { signIn(input: $input) { challenge { token } } }',
      { input: { username: user.username, password: PASSWORD } },
    );
    const { data } = await strict.service.graphql(
      `mutation ($input: AnswerSignInChallengeInput!) {
        answerSignInChallenge(input: $input) { session { accessToken } userErrors { code field } } }`,
      { input: { challengeToken: begun.data.signIn.challenge.token, answer: { newPassword: COMMON } } },
    );
    expect(data.answerSignInChallenge).toEqual({
      session: null,
      userErrors: [{ code: 'PASSWORD_TOO_COMMON', field: ['input', 'answer', 'newPassword'] }],
    });
  });
});
