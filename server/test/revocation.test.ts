import { setTimeout as pause } from 'node:timers/promises';
import { Algorithm, hash } from '@node-rs/argon2';
import { transaction } from '../src/database/transaction';
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
  type Tokens,
} from './builders';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { issuePasswordLink, usePasswordLink } from './password-links';
import { buildMfaUser, codeOf } from './mfa-builders';
import {
  answerChallenge,
  beginSignIn,
  challengeOf,
  confirmMfaSetUp,
  isSignedIn,
  refresh,
  signInWithCode,
  startMfaSetUp,
} from './sign-in-steps';
import { rowsOf } from './stored-rows';
import { mutate, errorCodeOf, type Outcome } from './user-mutations';

const NEW_PASSWORD = 'Battery-Staple';
const INVALID_CHALLENGE = ['input.challengeToken INVALID_CHALLENGE'];

/** Two instances of the service on one database. */
let a: TestService;
let b: TestService;
let acme: BuiltOrganization;
let administrator: Person;
/** Argon2 with the least cost, so that hundreds of sign-ins take less than a minute. */
let cheapHash: string;

beforeAll(async () => {
  a = await startService();
  b = await startAnotherInstance(a);
  acme = await buildOrganization(a);
  administrator = await buildPerson(a, acme, 'administrator');
  cheapHash = await hash(PASSWORD, { algorithm: Algorithm.Argon2id, memoryCost: 8, timeCost: 1 });
});

const through = (
  service: TestService,
  mutation: Parameters<typeof mutate>[2],
  input: Record<string, unknown>,
): Promise<Outcome> => mutate(service, administrator.token, mutation, input);

const disable = (user: BuiltUser) => through(a, 'setUserEnabled', { id: user.id, enabled: false });
const enable = (user: BuiltUser) => through(a, 'setUserEnabled', { id: user.id, enabled: true });

/** UNAUTHENTICATED, FORBIDDEN, or null when the token opens the list of users. */
const codeWith = async (service: TestService, token: string) => {
  const { errors } = await service.graphql('{ users(first: 1) { nodes { id } } }', {}, { token });
  return errors?.[0]?.extensions.code ?? null;
};

/** Twenty at a time: enough for two instances to be busy. */
async function inBatches<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>) {
  const answers: Answer[] = [];
  for (let start = 0; start < items.length; start += 20) {
    answers.push(...(await Promise.all(items.slice(start, start + 20).map(work))));
  }
  return answers;
}

// All the tokens that a user can hold. An invitation has none: it links to the sign-in page.
test('200 times: who is disabled through one instance gets nowhere on the other', async () => {
  const users = await inBatches(Array(200).fill(cheapHash), (passwordHash: string) =>
    buildUser(a, acme, { role: 'viewer', passwordHash }),
  );
  const signedIn = await inBatches(users, async (user) => ({ user, tokens: await signIn(a, user) }));
  const ids = users.map(({ id }) => rowIdOf(id)).join();
  await a.app.database.writer.query(`UPDATE user SET mfa_required = 1 WHERE id IN (${ids})`);
  const targets = await inBatches(signedIn, async (target) => ({
    ...target,
    challengeToken: await challengeOf(a, target.user),
    linkToken: await issuePasswordLink(a, target.user),
  }));
  expect(await inBatches(targets, ({ tokens }) => codeWith(b, tokens.accessToken))).toEqual(
    Array(200).fill(null),
  );
  // A password that is refused leaves the link good.
  expect(await inBatches(targets, ({ linkToken }) => usePasswordLink(b, linkToken, 'Abc'))).toEqual(
    Array(200).fill(['input.newPassword PASSWORD_TOO_SHORT']),
  );

  const successes = await inBatches(targets, async ({ user, tokens, challengeToken, linkToken }) => {
    expect((await disable(user)).endedSessions).toBe(1);
    const [code, renewed, setUp, link] = await Promise.all([
      codeWith(b, tokens.accessToken),
      refresh(b, tokens.refreshToken),
      startMfaSetUp(b, { challengeToken }),
      usePasswordLink(b, linkToken, NEW_PASSWORD),
    ]);
    return [
      ...(code === 'UNAUTHENTICATED' ? [] : ['access token']),
      ...(renewed ? ['refresh token'] : []),
      ...(setUp.problems.join() === INVALID_CHALLENGE.join() ? [] : ['challenge token']),
      ...(link.join() === 'input.token INVALID_TOKEN' ? [] : ['link for a new password']),
    ];
  });
  expect(successes.flat()).toEqual([]);
}, 120_000);

test('every step of a sign-in under way is closed to a user who was disabled meanwhile', async () => {
  const mfaUser = await buildMfaUser(a, acme);
  const mustReset = await buildUser(a, acme, { forcePasswordReset: true });
  const mustSetUpMfa = await buildUser(a, acme, { forceMfa: true });
  const [forCode, forPassword, forSetUp] = await Promise.all(
    [mfaUser, mustReset, mustSetUpMfa].map((user) => challengeOf(b, user)),
  );
  const { secret } = await startMfaSetUp(b, { challengeToken: forSetUp });
  for (const user of [mfaUser, mustReset, mustSetUpMfa]) await disable(user);

  const answers = await Promise.all([
    answerChallenge(b, { challengeToken: forCode, mfaCode: codeOf(b, mfaUser.secret) }),
    answerChallenge(b, { challengeToken: forCode, recoveryCode: mfaUser.recoveryCodes[0] }),
    answerChallenge(b, { challengeToken: forPassword, newPassword: NEW_PASSWORD }),
    startMfaSetUp(b, { challengeToken: forSetUp }),
    confirmMfaSetUp(b, { challengeToken: forSetUp, code: codeOf(b, secret) }),
  ]);
  expect(answers.map(({ problems }) => problems)).toEqual(Array(5).fill(INVALID_CHALLENGE));
});

test('what a refused answer would have used up is still there once the user is enabled again', async () => {
  const user = await buildMfaUser(a, acme);
  const challengeToken = await challengeOf(b, user);
  const mfaCode = codeOf(b, user.secret);
  await disable(user);
  await answerChallenge(b, { challengeToken, mfaCode });
  await enable(user);
  const fresh = await challengeOf(b, user);
  expect((await answerChallenge(b, { challengeToken: fresh, mfaCode })).session).not.toBeNull();
});

test('enabling a user again does not bring their sessions back', async () => {
  const user = await buildUser(a, acme, { role: 'viewer' });
  const tokens = await signIn(b, user);
  await disable(user);
  expect((await beginSignIn(b, user)).problems).toEqual(['input INVALID_CREDENTIALS']);
  expect((await enable(user)).endedSessions).toBe(0);
  expect(await isSignedIn(b, tokens.accessToken)).toBe(false);
  expect(await refresh(b, tokens.refreshToken)).toBeNull();
  expect(await isSignedIn(b, (await signIn(b, user)).accessToken)).toBe(true);
});

test('renewing on one instance while the user is disabled on the other leaves nothing that works', async () => {
  for (let run = 0; run < 15; run += 1) {
    const user = await buildUser(a, acme, { passwordHash: cheapHash });
    const tokens = await signIn(b, user);
    const [renewed] = await Promise.all([refresh(b, tokens.refreshToken), disable(user)]);
    for (const { accessToken, refreshToken } of [tokens, ...(renewed ? [renewed] : [])]) {
      expect(await isSignedIn(b, accessToken)).toBe(false);
      expect(await refresh(b, refreshToken)).toBeNull();
    }
  }
});

/** Whether B takes any token of a session; there may be none. */
async function worksStill(session: Tokens | null): Promise<boolean> {
  if (session === null) return false;
  return (await isSignedIn(b, session.accessToken)) || (await refresh(b, session.refreshToken)) !== null;
}

/** Signs in on B with PASSWORD while `change` runs through A; answers what the sign-in has brought. */
async function signingInDuring(user: BuiltUser, wait: number, change: () => Promise<unknown>) {
  const changing = change();
  await pause(wait);
  const [answer] = await Promise.all([beginSignIn(b, user), changing]);
  return answer;
}

test('a sign-in with the old password that was under way when it changed brings nothing that works', async () => {
  for (let run = 0; run < 24; run += 1) {
    const user = await buildUser(a, acme, { forcePasswordReset: run % 3 === 0 });
    const { session, challenge } = await signingInDuring(user, run * 2, () =>
      through(a, 'updateUser', { id: user.id, password: NEW_PASSWORD }),
    );
    expect(await worksStill(session)).toBe(false);
    const challengeToken = challenge?.token ?? 'none';
    const { problems } = await answerChallenge(b, { challengeToken, newPassword: 'Yet-Another' });
    expect(problems).toEqual(INVALID_CHALLENGE);
  }
});

test('a sign-in that was under way when the user was disabled leaves no session to come back to', async () => {
  for (let run = 0; run < 12; run += 1) {
    const user = await buildUser(a, acme);
    const { session } = await signingInDuring(user, run * 3, () => disable(user));
    expect(await isSignedIn(b, session?.accessToken ?? 'none')).toBe(false);
    await enable(user);
    expect(await isSignedIn(b, session?.accessToken ?? 'none')).toBe(false);
    const { accessToken } = await signIn(b, user);
    const { data } = await b.graphql(
      '{ viewer { sessions { nodes { isCurrent } } } }',
      {},
      { token: accessToken },
    );
    expect(data.viewer.sessions.nodes).toEqual([{ isCurrent: true }]);
  }
});

/**
 * Holds back what changes a user until the answer is called: on MySQL the user's row is locked; on SQLite, where
 * one process writes, A writes nothing.
 */
async function holdChangesOf({ id }: BuiltUser): Promise<() => Promise<void>> {
  if (testEngine === 'sqlite') {
    let letGo = () => {};
    const hold = new Promise<void>((resolve) => (letGo = resolve));
    const held = transaction(a.app.database, () => hold);
    return () => {
      letGo();
      return held;
    };
  }
  const runner = a.app.database.writer.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT id FROM user WHERE id = ? FOR UPDATE', [rowIdOf(id)]);
  return async () => {
    await runner.commitTransaction();
    await runner.release();
  };
}

const endSessions = ({ id }: BuiltUser) =>
  a.graphql(
    'mutation ($id: ID!) { endUserSessions(input: { id: $id }) { endedSessions } }',
    { id },
    { token: administrator.token },
  );

test.each([
  ['their password', ({ id }) => through(a, 'updateUser', { id, password: NEW_PASSWORD })],
  ['whether they are enabled', disable],
  ['what is demanded of them', ({ id }) => through(a, 'updateUser', { id, forceMfa: true })],
  ['their sessions', endSessions],
] satisfies [string, (user: BuiltUser) => Promise<unknown>][])(
  'a sign-in that waits in line behind a change of %s heeds it',
  async (_what, change) => {
    const user = await buildUser(a, acme);
    const release = await holdChangesOf(user);
    const changing = change(user);
    await pause(500);
    const signingIn = beginSignIn(testEngine === 'sqlite' ? a : b, user);
    await pause(500);
    await release();
    const [{ session }] = await Promise.all([signingIn, changing]);
    expect(session).toBeNull();
    const sessions = (await rowsOf(a, 'session')).filter((row) => row.user_id === rowIdOf(user.id));
    expect(sessions).toEqual([]);
  },
);

test('a code that was entered while the password changed brings nothing that works', async () => {
  for (let run = 0; run < 10; run += 1) {
    const user = await buildMfaUser(a, acme, { passwordHash: cheapHash });
    const challengeToken = await challengeOf(b, user);
    const changing = through(a, 'updateUser', { id: user.id, password: NEW_PASSWORD });
    await pause(20 + run * 2);
    const mfaCode = codeOf(b, user.secret);
    const [{ session }] = await Promise.all([answerChallenge(b, { challengeToken, mfaCode }), changing]);
    expect(await worksStill(session)).toBe(false);
  }
});

test('another role acts on the next request, and the session goes on', async () => {
  const user = await buildUser(a, acme, { role: 'viewer' });
  const { accessToken } = await signIn(b, user);
  for (const [role, code] of [
    ['agent', 'FORBIDDEN'],
    ['viewer', null],
    ['agent', 'FORBIDDEN'],
  ] as const) {
    await through(a, 'updateUser', { id: user.id, roleId: acme.roles[role] });
    expect(await codeWith(b, accessToken)).toBe(code);
    expect(await isSignedIn(b, accessToken)).toBe(true);
  }
});

test('a new password by an administrator ends every session and challenge on the next request', async () => {
  const user = await buildUser(a, acme, { forceMfa: false });
  const tokens = [await signIn(a, user), await signIn(b, user)];
  await through(a, 'updateUser', { id: user.id, forceMfa: true });
  const challengeToken = await challengeOf(b, user);
  const { endedSessions } = await through(a, 'updateUser', { id: user.id, password: NEW_PASSWORD });
  expect(endedSessions).toBe(2);
  for (const { accessToken, refreshToken } of tokens) {
    expect(await isSignedIn(b, accessToken)).toBe(false);
    expect(await refresh(b, refreshToken)).toBeNull();
  }
  expect((await startMfaSetUp(b, { challengeToken })).problems).toEqual(INVALID_CHALLENGE);
});

test('removing two-factor authentication by an administrator ends every session and challenge', async () => {
  const user = await buildMfaUser(a, acme);
  const tokens = await signInWithCode(a, user);
  const challengeToken = await challengeOf(b, user);
  const { endedSessions } = await through(a, 'resetMfa', { id: user.id, newPassword: NEW_PASSWORD });
  expect(endedSessions).toBe(1);
  expect(await isSignedIn(b, tokens.accessToken)).toBe(false);
  expect(await refresh(b, tokens.refreshToken)).toBeNull();
  for (const answer of [
    { mfaCode: codeOf(b, user.secret, 1) },
    { recoveryCode: user.recoveryCodes[0] },
    { newPassword: 'Yet-Another' },
  ]) {
    expect((await answerChallenge(b, { challengeToken, ...answer })).problems).toEqual(INVALID_CHALLENGE);
  }
});

test('a new password that users set themselves ends their sessions elsewhere, on the other instance too', async () => {
  const user = await buildUser(a, acme);
  const [here, elsewhere] = [await signIn(a, user), await signIn(b, user)];
  const { data } = await a.graphql(
    `mutation ($input: ChangePasswordInput!) {
      changePassword(input: $input) { endedSessions userErrors { code } } }`,
    { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } },
    { token: here.accessToken },
  );
  expect(data.changePassword).toEqual({ endedSessions: 1, userErrors: [] });
  expect(await isSignedIn(b, elsewhere.accessToken)).toBe(false);
  expect(await refresh(b, elsewhere.refreshToken)).toBeNull();
  expect(await isSignedIn(b, here.accessToken)).toBe(true);
});

test('an ended session is not counted twice', async () => {
  const user = await buildUser(a, acme);
  const [first] = [await signIn(a, user), await signIn(a, user), await signIn(b, user)];
  await a.graphql('mutation { signOut { __typename } }', {}, { token: first.accessToken });
  expect((await disable(user)).endedSessions).toBe(2);
  expect((await disable(user)).endedSessions).toBe(0);
});

test('a session that nobody has renewed in time is not counted, and ends for good', async () => {
  const late = await startAnotherInstance(a);
  const user = await buildUser(a, acme);
  await signIn(late, user);
  late.advance(31 * 60_000);
  const { accessToken } = await signIn(late, administrator);
  await signIn(late, user);
  const { endedSessions } = await mutate(late, accessToken, 'setUserEnabled', {
    id: user.id,
    enabled: false,
  });
  expect(endedSessions).toBe(1);
  const sessions = (await rowsOf(a, 'session')).filter((row) => row.user_id === rowIdOf(user.id));
  expect(sessions.filter((row) => row.ended_at === null)).toEqual([]);
  await late.stop();
});

test('who may edit loses that on the next request when they are disabled amid their work', async () => {
  const manager = await buildPerson(b, acme, 'manager');
  const user = await buildUser(a, acme);
  expect(await errorCodeOf(b, manager.token, 'updateUser', { id: user.id, phone: '911' })).toBeUndefined();
  await disable(manager);
  expect(await errorCodeOf(b, manager.token, 'updateUser', { id: user.id, phone: '112' })).toBe(
    'UNAUTHENTICATED',
  );
});
