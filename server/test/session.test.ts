import {
  buildOrganization,
  buildUser,
  PASSWORD,
  rowIdOf,
  signIn,
  type BuiltOrganization,
  type BuiltUser,
} from './builders';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let service: TestService;
let acme: BuiltOrganization;
let user: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
});
beforeEach(async () => {
  user = await buildUser(service, acme);
});

const REFRESH = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session { accessToken refreshToken viewer { user { username } } }
    userErrors { code field }
  }
}`;
const REFUSED = { code: 'INVALID_REFRESH_TOKEN', field: ['input', 'refreshToken'] };

async function refresh(refreshToken: string | null, cookie?: string) {
  const answer = await service.graphql(
    REFRESH,
    { input: refreshToken === null ? {} : { refreshToken } },
    cookie === undefined ? {} : { headers: { cookie } },
  );
  const { session, userErrors } = answer.data.refreshSession;
  return { session, problem: userErrors[0] ?? null, cookies: answer.headers.getSetCookie() };
}

async function signInAsBrowser(): Promise<string> {
  const { headers } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    { input: { username: user.username, password: PASSWORD } },
  );
  return cookiePair(headers.getSetCookie());
}

const cookiePair = (cookies: string[]) => cookies[0]!.split(';')[0]!;

async function isSignedIn(token: string): Promise<boolean> {
  const { data } = await service.graphql('{ viewer { user { id } } }', {}, { token });
  return data.viewer !== null;
}

test('a refresh token buys a new access token and the next refresh token', async () => {
  const first = await signIn(service, user);
  const { session, problem } = await refresh(first.refreshToken);
  expect(problem).toBeNull();
  expect(session.viewer.user.username).toBe(user.username);
  expect(session.refreshToken).not.toBe(first.refreshToken);
  expect(await isSignedIn(session.accessToken)).toBe(true);
  service.advance(121 * SECOND);
  expect((await refresh(session.refreshToken)).problem).toBeNull();
});

test('a refresh whose answer was lost gives the same token once more for two minutes', async () => {
  const { refreshToken } = await signIn(service, user);
  const lost = await refresh(refreshToken);
  // The time-out of the page is 30 seconds.
  for (const seconds of [31, 31, 57]) {
    service.advance(seconds * SECOND);
    const repeated = await refresh(refreshToken);
    expect(repeated.session.refreshToken).toBe(lost.session.refreshToken);
    expect(await isSignedIn(repeated.session.accessToken)).toBe(true);
  }
  expect((await refresh(lost.session.refreshToken)).problem).toBeNull();
});

test('once the next token has been used, none before it works', async () => {
  const { refreshToken } = await signIn(service, user);
  const next = await refresh(refreshToken);
  const newest = await refresh(next.session.refreshToken);
  service.advance(SECOND);
  expect((await refresh(refreshToken)).problem).toEqual(REFUSED);
  expect((await refresh(newest.session.refreshToken)).problem).toEqual(REFUSED);
});

test('twenty refreshes at once all get the same next token', async () => {
  const { refreshToken } = await signIn(service, user);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  expect(answers.map(({ problem }) => problem)).toEqual(Array(20).fill(null));
  expect(new Set(answers.map(({ session }) => session.refreshToken)).size).toBe(1);
});

test('an older refresh token ends the session for whoever holds it', async () => {
  const { refreshToken, accessToken } = await signIn(service, user);
  const { session } = await refresh(refreshToken);
  service.advance(121 * SECOND);
  expect((await refresh(refreshToken)).problem).toEqual(REFUSED);
  expect((await refresh(session.refreshToken)).problem).toEqual(REFUSED);
  expect(await isSignedIn(accessToken)).toBe(false);
  expect(await isSignedIn(session.accessToken)).toBe(false);
  const events = (await rowsOf(service, 'audit_event')).filter(
    ({ action, target_id }) => action === 'user.refresh_token_reused' && target_id === rowIdOf(user.id),
  );
  // Once, by someone unknown: the user, or whoever copied the token.
  expect(events).toEqual([expect.objectContaining({ actor_user_id: null, changes: '[]' })]);
});

test('a token two renewals old ends the session at once', async () => {
  const { refreshToken } = await signIn(service, user);
  const second = await refresh(refreshToken);
  const third = await refresh(second.session.refreshToken);
  expect((await refresh(refreshToken)).problem).toEqual(REFUSED);
  expect(await isSignedIn(third.session.accessToken)).toBe(false);
});

test('ending one session leaves the other sessions of the user alone', async () => {
  const [one, other] = [await signIn(service, user), await signIn(service, user)];
  await service.graphql('mutation { signOut { userErrors { code } } }', {}, { token: one.accessToken });
  expect(await isSignedIn(one.accessToken)).toBe(false);
  expect(await isSignedIn(other.accessToken)).toBe(true);
});

test.each([
  ['empty', () => ''],
  ['nonsense', () => 'nonsense'],
  ['an access token', (tokens: { accessToken: string }) => tokens.accessToken],
  ['a token with another MAC', (tokens: { refreshToken: string }) => tokens.refreshToken.replace(/.$/, 'é')],
  ['a later generation', (tokens: { refreshToken: string }) => tokens.refreshToken.replace(/\.0\./, '.1.')],
  ['another session', (tokens: { refreshToken: string }) => tokens.refreshToken.replace(/^\d+/, '1')],
  [
    'an unknown session',
    (tokens: { refreshToken: string }) => tokens.refreshToken.replace(/^\d+/, '9999999999'),
  ],
  ['ten thousand characters', () => '1'.repeat(10_000)],
])('refuses %s as a refresh token, and the session goes on', async (_what, forge) => {
  const tokens = await signIn(service, user);
  const { session, problem } = await refresh(forge(tokens));
  expect(session).toBeNull();
  expect(problem).toEqual(REFUSED);
  expect((await refresh(tokens.refreshToken)).problem).toBeNull();
});

test('a browser refreshes with its cookie and gets the next one', async () => {
  const cookie = await signInAsBrowser();
  const { session, cookies } = await refresh(null, cookie);
  expect(session.refreshToken).toBeNull();
  expect(cookiePair(cookies)).toMatch(/^rolecall=.{40,}$/);
  expect(cookiePair(cookies)).not.toBe(cookie);
  expect(cookies[0]).toContain('HttpOnly');
});

test('a cookie that no longer works is removed', async () => {
  const { session, problem, cookies } = await refresh(null, 'rolecall=1.0.nonsense');
  expect(session).toBeNull();
  expect(problem).toEqual(REFUSED);
  expect(cookies[0]).toMatch(/^rolecall=;.*Expires=Thu, 01 Jan 1970/);
});

test('without any refresh token there is nothing to refresh', async () => {
  expect((await refresh(null)).problem).toEqual(REFUSED);
});

test('signing out ends the session for its access token and its refresh token', async () => {
  const { accessToken, refreshToken } = await signIn(service, user);
  const { data } = await service.graphql(
    'mutation { signOut { userErrors { code } } }',
    {},
    { token: accessToken },
  );
  expect(data.signOut.userErrors).toEqual([]);
  const { errors } = await service.graphql('{ users { nodes { id } } }', {}, { token: accessToken });
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await refresh(refreshToken)).problem).toEqual(REFUSED);
});

test('signing out with the cookie alone ends its session and removes the cookie', async () => {
  const cookie = await signInAsBrowser();
  const { headers } = await service.graphql(
    'mutation { signOut { userErrors { code } } }',
    {},
    {
      headers: { cookie },
    },
  );
  expect(headers.getSetCookie()[0]).toMatch(/^rolecall=;/);
  expect((await refresh(null, cookie)).problem).toEqual(REFUSED);
});

test('within the request that signs out, the viewer is gone', async () => {
  const { accessToken } = await signIn(service, user);
  const { data } = await service.graphql('mutation { signOut { __typename } }', {}, { token: accessToken });
  expect(data.signOut.__typename).toBe('SignOutPayload');
  expect(await isSignedIn(accessToken)).toBe(false);
});

test('a session that is not refreshed for half an hour has ended', async () => {
  const { refreshToken } = await signIn(service, user);
  service.advance(29 * MINUTE);
  const { session } = await refresh(refreshToken);
  service.advance(31 * MINUTE);
  expect((await refresh(session.refreshToken)).problem).toEqual(REFUSED);
});

test('no session lasts longer than twelve hours, however busy it is', async () => {
  let { refreshToken } = await signIn(service, user);
  let accessToken = '';
  for (let minutes = 0; minutes < 12 * 60 - 25; minutes += 25) {
    service.advance(25 * MINUTE);
    const { session } = await refresh(refreshToken);
    ({ refreshToken, accessToken } = session);
  }
  expect(await isSignedIn(accessToken)).toBe(true);
  // 11 h 40 min so far; the token of 11 h 55 min would be good until 12 h 5 min.
  service.advance(15 * MINUTE);
  const { session } = await refresh(refreshToken);
  expect(await isSignedIn(session.accessToken)).toBe(true);
  service.advance(6 * MINUTE);
  expect(await isSignedIn(session.accessToken)).toBe(false);
  expect((await refresh(session.refreshToken)).problem).toEqual(REFUSED);
});

test('the limits of a session are settings', async () => {
  const strict = await startService({ sessionLimits: { idle: 15 * MINUTE, absolute: 60 * MINUTE } });
  const someone = await buildUser(strict, await buildOrganization(strict));
  const renewed = async (refreshToken: string) => {
    const { data } = await strict.graphql(REFRESH, { input: { refreshToken } });
    return data.refreshSession.session?.refreshToken as string | undefined;
  };
  let { refreshToken } = await signIn(strict, someone);
  for (let minutes = 0; minutes < 56; minutes += 14) {
    strict.advance(14 * MINUTE);
    refreshToken = (await renewed(refreshToken))!;
  }
  strict.advance(5 * MINUTE);
  expect(await renewed(refreshToken)).toBeUndefined();

  const idle = await signIn(strict, someone);
  strict.advance(16 * MINUTE);
  expect(await renewed(idle.refreshToken)).toBeUndefined();
  await strict.stop();
});
