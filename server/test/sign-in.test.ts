import { buildOrganization, buildPerson, buildUser, PASSWORD, type BuiltOrganization } from './builders';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  globex = await buildOrganization(service, 'Globex');
});

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken expiresAt refreshToken viewer { permissions user { id username } organization { name } } }
    challenge { token }
    userErrors { code field message }
  }
}`;

async function signIn(input: Record<string, unknown>) {
  const answer = await service.graphql(SIGN_IN, { input: { password: PASSWORD, ...input } });
  return { ...answer, payload: answer.data.signIn };
}

/** Status and body, unchanged: all that an attacker sees of a failed attempt. */
async function rawSignIn(username: string, password: string) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { username, password } } }),
  });
  const { 'set-cookie': cookie } = Object.fromEntries(response.headers);
  return { status: response.status, body: await response.text(), cookie };
}

test('opens a session with the right username and password', async () => {
  const user = await buildUser(service, globex, { role: 'manager' });
  const { payload } = await signIn({ username: user.username });
  expect(payload.userErrors).toEqual([]);
  expect(payload.challenge).toBeNull();
  expect(payload.session.viewer).toEqual({
    permissions: ['VIEW_CUSTOMERS', 'ACCESS_CALLS', 'VIEW_USERS', 'EDIT_USER', 'SET_USER_ENABLED'],
    user,
    organization: { name: 'Globex' },
  });
  const { data } = await service.graphql(
    '{ viewer { user { username } } }',
    {},
    {
      token: payload.session.accessToken,
    },
  );
  expect(data.viewer.user.username).toBe(user.username);
});

test('the answer says when the access token expires', async () => {
  const user = await buildUser(service, acme);
  const { payload } = await signIn({ username: user.username });
  const lifetime = new Date(payload.session.expiresAt as string).getTime() - Date.now();
  expect(lifetime).toBeGreaterThan(590_000);
  expect(lifetime).toBeLessThanOrEqual(600_000);
});

test('signing in is remembered as the last sign-in', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const { data } = await service.graphql('{ viewer { user { lastSignInAt } } }', {}, { token: person.token });
  expect(Date.now() - new Date(data.viewer.user.lastSignInAt as string).getTime()).toBeLessThan(60_000);
});

test.each([
  ['upper case', 'ADA.KEY@EXAMPLE.COM'],
  ['mixed case', 'Ada.Key@Example.com'],
  ['full width', 'ａｄａ．ｋｅｙ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['white space around it', '  ada.key@example.com\t'],
])('a username is the same in %s', async (_spelling, username) => {
  const existing = await rowsOf(service, 'user');
  if (!existing.some((row) => row.username === 'ada.key@example.com')) {
    await buildUser(service, acme, { username: 'ada.key@example.com' });
  }
  const { payload } = await signIn({ username });
  expect(payload.session.viewer.user.username).toBe('ada.key@example.com');
});

test('an accent makes another username', async () => {
  await buildUser(service, acme, { username: 'zoe@example.com' });
  await buildUser(service, globex, { username: 'zoé@example.com' });
  const plain = await signIn({ username: 'ZOE@example.com' });
  const accented = await signIn({ username: 'ZOÉ@example.com' });
  const decomposed = await signIn({ username: 'zoe\u0301@example.com' });
  expect(plain.payload.session.viewer.organization.name).toBe('Acme');
  expect(accented.payload.session.viewer.organization.name).toBe('Globex');
  expect(decomposed.payload.session.viewer.user.username).toBe('zoé@example.com');
  expect((await signIn({ username: 'zoè@example.com' })).payload.session).toBeNull();
});

test('an unknown username, a wrong password and a disabled user answer the same bytes', async () => {
  const user = await buildUser(service, acme);
  const disabled = await buildUser(service, acme, { enabled: false });
  const disabledWithSteps = await buildUser(service, acme, { enabled: false, forcePasswordReset: true });
  const wrong = await rawSignIn(user.username, 'Wrong-Horse');
  expect(JSON.parse(wrong.body)).toMatchObject({
    data: {
      signIn: {
        session: null,
        challenge: null,
        userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['input'] }],
      },
    },
  });
  expect(wrong.cookie).toBeUndefined();
  expect(await rawSignIn('nobody@example.com', PASSWORD)).toEqual(wrong);
  expect(await rawSignIn(disabled.username, PASSWORD)).toEqual(wrong);
  expect(await rawSignIn(disabledWithSteps.username, PASSWORD)).toEqual(wrong);
  expect(await rawSignIn(disabled.username, 'Wrong-Horse')).toEqual(wrong);
  expect(await rawSignIn('x'.repeat(10_000), PASSWORD)).toEqual(wrong);
  expect(await rawSignIn("' OR 1=1 -- \u0000", '\ud800')).toEqual(wrong);
});

test('an unknown username takes as long as a wrong password', async () => {
  const user = await buildUser(service, acme);
  const times: Record<'unknown' | 'wrong', number[]> = { unknown: [], wrong: [] };
  const measure = async (kind: keyof typeof times, username: string) => {
    const start = performance.now();
    await rawSignIn(username, 'Wrong-Horse');
    times[kind].push(performance.now() - start);
  };
  for (let run = 0; run < 7; run += 1) {
    await measure('unknown', 'nobody@example.com');
    await measure('wrong', user.username);
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[3]!;
  // Without hashing the unknown one would be ten times as fast. bench/sign-in-timing.ts measures more exactly.
  expect(median(times.unknown)).toBeGreaterThan(median(times.wrong) / 4);
});

test('a password is compared exactly', async () => {
  const user = await buildUser(service, acme);
  for (const password of [
    PASSWORD.toLowerCase(),
    `${PASSWORD} `,
    PASSWORD.slice(0, -1),
    `${PASSWORD}\u0000`,
  ]) {
    const { payload } = await signIn({ username: user.username, password });
    expect(payload.session).toBeNull();
  }
});

test('tells every blank field at once, each with its path', async () => {
  const { payload } = await signIn({ username: ' ', password: '' });
  const required = (name: string, label: string) => ({
    code: 'REQUIRED',
    field: ['input', name],
    message: `${label} is required.`,
  });
  expect(payload.session).toBeNull();
  expect(payload.userErrors).toEqual([required('username', 'Username'), required('password', 'Password')]);
});

test('a browser gets the refresh token in a cookie that no script and no other site can use', async () => {
  const user = await buildUser(service, acme);
  const { payload, headers } = await signIn({ username: user.username });
  expect(payload.session.refreshToken).toBeNull();
  const cookies = headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  const cookie = cookies.find((cookie) => cookie.startsWith('rolecall='));
  const [pair, ...attributes] = cookie!.split('; ');
  expect(pair).toMatch(/^rolecall=.{40,}$/);
  expect(attributes).toEqual(expect.arrayContaining(['Path=/graphql', 'HttpOnly', 'SameSite=Strict']));
  expect(attributes).not.toContain('Secure');
});

test('over HTTPS the cookie is for secure pages only', async () => {
  const secure = await startService({ publicUrl: 'https://users.example.com' });
  const user = await buildUser(secure, await buildOrganization(secure));
  const { headers } = await secure.graphql(SIGN_IN, {
    input: { username: user.username, password: PASSWORD },
  });
  for (const cookie of headers.getSetCookie()) {
    expect(cookie).toMatch(/^__Host-rolecall/);
    const attributes = cookie.split('; ');
    expect(attributes).toEqual(expect.arrayContaining(['Secure', 'Path=/', 'HttpOnly', 'SameSite=Strict']));
    expect(cookie).not.toMatch(/domain/i);
  }
  await secure.stop();
});

test.each<[from: string, publicUrl: string, origin: string | null, told: string | null]>([
  [
    'a page over http: of a service for https:',
    'https://users.example.com',
    'http://users.example.com',
    'INSECURE_PAGE',
  ],
  ['its page by number', 'https://users.example.com', 'http://127.0.0.1:4000', 'INSECURE_PAGE'],
  ['a page over https:', 'https://users.example.com', 'https://users.example.com', null],
  ['a program', 'https://users.example.com', null, null],
  ['a page over http: of a service for http:', 'http://users.example.com', 'http://users.example.com', null],
])(
  'whether the browser would lose the cookie is told at sign-in: from %s',
  async (_from, publicUrl, origin, told) => {
    const other = await startService({ publicUrl });
    const user = await buildUser(other, await buildOrganization(other));
    const { data, headers } = await other.graphql(
      SIGN_IN,
      { input: { username: user.username, password: PASSWORD } },
      { headers: origin === null ? {} : { origin } },
    );
    const { userErrors, session } = data.signIn;
    expect(userErrors).toEqual(told ? [expect.objectContaining({ code: told })] : []);
    expect(session === null).toBe(told !== null);
    expect(headers.getSetCookie().length > 0).toBe(told === null);
    await other.stop();
  },
);

test('a program gets the refresh token in the answer, and no cookie', async () => {
  const user = await buildUser(service, acme);
  const { payload, headers } = await signIn({ username: user.username, withRefreshToken: true });
  expect(payload.session.refreshToken).toMatch(/^.{40,}$/);
  expect(headers.getSetCookie()).toEqual([]);
});

test('a refused sign-in leaves no session behind', async () => {
  const user = await buildUser(service, acme);
  const before = await rowsOf(service, 'session');
  await signIn({ username: user.username, password: 'Wrong-Horse' });
  await signIn({ username: '', password: '' });
  expect(await rowsOf(service, 'session')).toEqual(before);
});
