import {
  rowIdOf,
  buildOrganization,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type BuiltUser,
} from './builders';
import { startService, type TestService } from './harness';
import {
  cheapHash,
  failedAttemptsOf,
  FREE_ATTEMPTS,
  FREE_ATTEMPTS_OF_ADDRESS,
  attempt,
  failToSignIn,
  WRONG,
} from './failed-attempts';

/** Addresses of the user, of a stranger, and one that nobody has used. */
const HOME = '203.0.113.1';
const STRANGER = '203.0.113.66';
const ELSEWHERE = '203.0.113.99';

let service: TestService;
let acme: BuiltOrganization;
let passwordHash: string;
let victim: BuiltUser;

beforeAll(async () => {
  service = await startService({ trustedProxies: ['127.0.0.1'] });
  service.stopClock();
  acme = await buildOrganization(service);
  passwordHash = await cheapHash();
});
beforeEach(async () => {
  victim = await buildUser(service, acme, { passwordHash });
  // So that the addresses have no failed attempts when a test starts.
  service.advance(100 * 86_400_000);
});

async function deviceOf({ username }: BuiltUser, from = HOME): Promise<string> {
  const { deviceCookie } = await attempt(service, { username, from });
  return deviceCookie!;
}

/** A stranger tries passwords until the account is blocked at every new place. */
async function lock({ username }: BuiltUser): Promise<void> {
  await failToSignIn(service, FREE_ATTEMPTS, { username, from: STRANGER });
  expect((await attempt(service, { username, from: ELSEWHERE })).signedIn).toBe(false);
}

test('while a stranger tries passwords, the user signs in from a device that they have used before', async () => {
  const { username } = victim;
  const cookie = await deviceOf(victim);
  await lock(victim);
  expect((await attempt(service, { username, from: ELSEWHERE, cookie })).signedIn).toBe(true);
  expect(await failedAttemptsOf(service, victim)).toEqual([FREE_ATTEMPTS]);
});

test('while a stranger tries passwords, the user signs in from an address that they have used before', async () => {
  const { username } = victim;
  await deviceOf(victim);
  await lock(victim);
  expect((await attempt(service, { username, from: HOME })).signedIn).toBe(true);
  expect((await attempt(service, { username, from: STRANGER })).signedIn).toBe(false);
});

test('an address is known for ninety days', async () => {
  const { username } = victim;
  await deviceOf(victim);
  service.advance(91 * 86_400_000);
  await lock(victim);
  expect((await attempt(service, { username, from: HOME })).signedIn).toBe(false);
});

test('whoever shares a blocked address still signs in with their device', async () => {
  const { username } = victim;
  const cookie = await deviceOf(victim, ELSEWHERE);
  await Promise.all(
    Array.from({ length: FREE_ATTEMPTS_OF_ADDRESS }, (_, index) =>
      attempt(service, { username: `nobody${index}@example.com`, password: WRONG, from: STRANGER }),
    ),
  );
  expect((await attempt(service, { username, from: STRANGER })).signedIn).toBe(false);
  expect((await attempt(service, { username, from: STRANGER, cookie })).signedIn).toBe(true);
}, 90_000);

test('a known device and a known address have limits of their own', async () => {
  const { username } = victim;
  const cookie = await deviceOf(victim);
  await failToSignIn(service, FREE_ATTEMPTS + 2, { username, from: ELSEWHERE, cookie });
  await failToSignIn(service, FREE_ATTEMPTS + 2, { username, from: HOME });
  // The first one is the counter of all devices, which forgets faster.
  expect(await failedAttemptsOf(service, victim)).toEqual([3, FREE_ATTEMPTS, FREE_ATTEMPTS]);
  expect((await attempt(service, { username, from: HOME, cookie })).signedIn).toBe(false);
  expect((await attempt(service, { username, from: HOME })).signedIn).toBe(false);
  // Failed attempts there block no one anywhere else.
  expect((await attempt(service, { username, from: ELSEWHERE })).signedIn).toBe(true);
});

/** A cookie of the victim's device, changed. */
type Forgery = (cookie: string) => string;

const parts = (cookie: string) =>
  cookie.replace('rolecall-device=', '').split('.') as [string, string, string];
const FORGERIES: readonly (readonly [string, Forgery])[] = [
  ['another device', (cookie) => cookie.replace(/=./, (start) => (start === '=A' ? '=B' : '=A'))],
  ['another signature', (cookie) => cookie.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A'))],
  ['no signature', (cookie) => cookie.replace(/\.[^.]*$/, '.')],
  ['one more user', (cookie) => cookie.replace(/\.(\d+_\d+)\./, '.1_1-$1.')],
  [
    'a signature in characters of two bytes',
    (cookie) => cookie.replace(/[^.]*$/, encodeURIComponent('é'.repeat(43))),
  ],
  ['nothing', () => 'rolecall-device='],
  ['nonsense', () => 'rolecall-device=nonsense'],
  ['ten thousand characters', () => `rolecall-device=${'1-'.repeat(5000)}`],
];

test.each(FORGERIES)('a forged device cookie (%s) gives nothing', async (_what, forge) => {
  const { username } = victim;
  const cookie = forge(await deviceOf(victim));
  await lock(victim);
  expect((await attempt(service, { username, from: ELSEWHERE, cookie })).signedIn).toBe(false);
});

test('the device cookie of another user, or of another service, gives nothing', async () => {
  const { username } = victim;
  const stranger = await buildUser(service, acme, { passwordHash });
  const foreign = await deviceOf(stranger, STRANGER);
  const [device, , mac] = parts(foreign);
  const renamed = `rolecall-device=${device}.${victim.id}.${mac}`;
  const other = await startService({ secret: 'another secret that has more than thirty-two bytes' });
  const namesake = await buildUser(other, await buildOrganization(other), { username });
  const elsewhere = await attempt(other, { username: namesake.username });
  await lock(victim);
  for (const cookie of [foreign, renamed, elsewhere.deviceCookie!]) {
    expect((await attempt(service, { username, from: ELSEWHERE, cookie })).signedIn).toBe(false);
  }
  await other.stop();
});

test('a shared browser knows everyone who signs in with it', async () => {
  const colleague = await buildUser(service, acme, { passwordHash });
  const first = await deviceOf(victim);
  const { deviceCookie } = await attempt(service, {
    username: colleague.username,
    from: HOME,
    cookie: first,
  });
  expect(parts(deviceCookie!)[0]).toBe(parts(first)[0]);
  expect(parts(deviceCookie!)[1]).toMatch(
    new RegExp(`^${rowIdOf(colleague.id)}_\\d+-${rowIdOf(victim.id)}_\\d+$`),
  );
  await lock(victim);
  await lock(colleague);
  for (const { username } of [victim, colleague]) {
    const answer = await attempt(service, { username, from: ELSEWHERE, cookie: deviceCookie });
    expect(answer.signedIn).toBe(true);
  }
});

test('a shared browser knows the last ten who signed in with it', async () => {
  let cookie = await deviceOf(victim);
  const second = await buildUser(service, acme, { passwordHash });
  const colleagues = [second];
  while (colleagues.length < 10) colleagues.push(await buildUser(service, acme, { passwordHash }));
  for (const { username } of colleagues) {
    cookie = (await attempt(service, { username, from: HOME, cookie })).deviceCookie!;
  }
  const isKnown = async (user: BuiltUser) => {
    await lock(user);
    return (await attempt(service, { username: user.username, from: ELSEWHERE, cookie })).signedIn;
  };
  expect(await isKnown(victim)).toBe(false);
  expect(await isKnown(second)).toBe(true);
});

test('only a browser that has signed in gets the cookie; no script and no other site can use it', async () => {
  const { username } = victim;
  const { setCookies } = await attempt(service, { username, from: HOME });
  const [, ...attributes] = setCookies.find((cookie) => cookie.startsWith('rolecall-device='))!.split('; ');
  expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=34560000', 'Path=/graphql', 'SameSite=Strict']);
  expect((await attempt(service, { username, from: HOME, password: WRONG })).setCookies).toEqual([]);
  expect((await attempt(service, { username, from: HOME, withRefreshToken: true })).setCookies).toEqual([]);
});

test('a sign-in that still has steps to go makes no place known', async () => {
  const half = await buildUser(service, acme, { passwordHash, forcePasswordReset: true });
  const { bytes, setCookies } = await attempt(service, { username: half.username, from: HOME });
  expect(bytes).toMatch(/"challenge":\{"token":"\w/);
  expect(setCookies).toEqual([]);
  await lock(half);
  expect((await attempt(service, { username: half.username, from: HOME })).bytes).toContain(
    'INVALID_CREDENTIALS',
  );
});

test('a program signs in from where it has done so before', async () => {
  await signIn(service, victim);
  await lock(victim);
  expect((await attempt(service, { username: victim.username, password: PASSWORD })).signedIn).toBe(true);
});

test.each([
  [
    'a new password',
    async (token: string) =>
      service.graphql(
        `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "Another-Horse-9" }) {
          userErrors { code } } }`,
        {},
        { token },
      ),
  ],
  [
    'the end of all other sessions',
    async (token: string) =>
      service.graphql('mutation { endOtherSessions { endedSessions } }', {}, { token }),
  ],
])('after %s no device from before is known any more', async (_what, act) => {
  const { username } = victim;
  const cookie = await deviceOf(victim);
  const { accessToken } = await signIn(service, victim);
  expect((await act(accessToken)).errors).toBeUndefined();
  await failToSignIn(service, FREE_ATTEMPTS, { username, from: STRANGER });
  expect((await attempt(service, { username, from: ELSEWHERE, cookie })).signedIn).toBe(false);
  await failToSignIn(service, 3, { username, from: '203.0.113.50', cookie });
  // At the counter of all strangers, and at no other.
  expect(await failedAttemptsOf(service, victim)).toEqual([FREE_ATTEMPTS]);
});

test('many devices of one account have one allowance together', async () => {
  const { username } = victim;
  const cookies: string[] = [];
  for (let device = 0; device < 8; device += 1) cookies.push(await deviceOf(victim));
  for (const cookie of cookies.slice(0, 6)) {
    await failToSignIn(service, FREE_ATTEMPTS - 1, { username, from: ELSEWHERE, cookie });
  }
  // A device that has tried nothing yet.
  const last = { username, from: ELSEWHERE, cookie: cookies[7]! };
  expect((await attempt(service, last)).signedIn).toBe(false);
  service.advance(60 * 60_000);
  expect((await attempt(service, last)).signedIn).toBe(true);
});
