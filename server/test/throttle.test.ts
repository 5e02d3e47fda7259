import { Algorithm, hash, verify } from '@node-rs/argon2';
import { purgeExpiredAttempts } from '../src/throttle/purge-expired-attempts';
import { buildOrganization, buildUser, PASSWORD, type BuiltOrganization, type BuiltUser } from './builders';
import { startService, type TestService } from './harness';
import {
  cheapHash,
  failedAttemptsOf,
  FREE_ATTEMPTS,
  FREE_ATTEMPTS_OF_ADDRESS,
  attempt,
  failToSignIn,
  timeUntilExpiry,
  WRONG,
  type AttemptAnswer,
} from './failed-attempts';
import { rowsOf } from './stored-rows';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Two instances of the service on one database, whose time stands still, behind a proxy. */
let a: TestService;
let b: TestService;
let acme: BuiltOrganization;
let passwordHash: string;
let user: BuiltUser;
/** An address that nobody has used before. */
let from: string;
let addresses = 0;

const advance = (milliseconds: number) => {
  a.advance(milliseconds);
  b.advance(milliseconds);
};
const newAddress = () => `198.51.${Math.floor(addresses / 250)}.${1 + (addresses++ % 250)}`;
const newUser = () => buildUser(a, acme, { passwordHash });
const signedIn = (answers: readonly AttemptAnswer[]) => answers.filter((answer) => answer.signedIn).length;

/**
 * For how long (ms) the failures at new addresses still count. Without those that count requests, whether they fail
 * or not: their time is a fraction of a second for each.
 */
const atAddress = (rows: Awaited<ReturnType<typeof rowsOf>>, earlier: ReadonlySet<unknown>) =>
  rows
    .filter((row) => !earlier.has(row.throttle_key) && row.user_id === null)
    .map((row) => timeUntilExpiry(a, row))
    .filter((time) => time >= 30 * SECOND);

beforeAll(async () => {
  a = await startService({ trustedProxies: ['127.0.0.1'] });
  b = await startService({ trustedProxies: ['127.0.0.1'], database: a.config.database });
  a.stopClock();
  b.stopClock();
  acme = await buildOrganization(a);
  passwordHash = await cheapHash();
});
beforeEach(async () => {
  user = await newUser();
  from = newAddress();
});

test('after ten wrong passwords the right one is refused, and works again when the block ends', async () => {
  const { username } = user;
  await failToSignIn(a, FREE_ATTEMPTS - 1, { username, from });
  const wrong = await attempt(a, { username, from, password: WRONG });
  const refused = await attempt(a, { username, from });
  expect(refused).toEqual(wrong);
  expect(refused.signedIn).toBe(false);
  advance(SECOND - 1);
  expect((await attempt(b, { username, from })).signedIn).toBe(false);
  advance(1);
  expect((await attempt(b, { username, from })).signedIn).toBe(true);
});

test('each further wrong password blocks twice as long as the last, a quarter of an hour at most', async () => {
  const { username } = user;
  await failToSignIn(a, FREE_ATTEMPTS, { username, from });
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    advance(seconds * SECOND - 1);
    const before = await failedAttemptsOf(a, user);
    await failToSignIn(a, 1, { username, from });
    expect(await failedAttemptsOf(a, user)).toEqual(before);
    advance(1);
    await failToSignIn(a, 1, { username, from });
  }
  advance(15 * MINUTE);
  expect((await attempt(a, { username, from })).signedIn).toBe(true);
});

test('200 attempts at once on two instances: ten are checked, and the right password is not among them', async () => {
  const { username } = user;
  const answers: AttemptAnswer[] = [];
  const fire = async (service: TestService, password: string) => {
    // From different addresses, so that only the counter of the account blocks them.
    answers.push(await attempt(service, { username, password, from: newAddress() }));
  };
  const wrong = Array.from({ length: 100 }, (_, index) => fire(index % 2 ? a : b, WRONG));
  // Once twice as many are answered as may be checked, no further one is checked.
  while (answers.length < 2 * FREE_ATTEMPTS) await new Promise((resolve) => setTimeout(resolve, 1));
  const right = Array.from({ length: 100 }, (_, index) => fire(index % 2 ? a : b, PASSWORD));
  await Promise.all([...wrong, ...right]);

  expect(answers).toHaveLength(200);
  expect(signedIn(answers)).toBe(0);
  expect(new Set(answers.map(({ bytes }) => bytes)).size).toBe(1);
  expect(await failedAttemptsOf(a, user)).toEqual([FREE_ATTEMPTS]);
}, 90_000);

/** Takes so long to verify that other attempts come meanwhile. */
const slowHash = () => hash(PASSWORD, { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 30 });

test('an attempt counts already while it is being checked', async () => {
  const slow = await buildUser(a, acme, { passwordHash: await slowHash() });
  const { username } = slow;
  const answers: AttemptAnswer[] = [];
  const wrong = Array.from({ length: FREE_ATTEMPTS }, async () => {
    answers.push(await attempt(a, { username, password: WRONG, from: newAddress() }));
  });
  while (answers.length === 0 && (await failedAttemptsOf(a, slow))[0] !== FREE_ATTEMPTS) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect((await attempt(b, { username, from })).signedIn).toBe(false);
  await Promise.all(wrong);
});

/** As many sign-ins in one request; the last one with the right password. */
function signInByAliases(times: number) {
  const attempts = Array.from({ length: times }, (_, index) => {
    const input = index === times - 1 ? '$right' : '$wrong';
    return `attempt${index}: signIn(input: ${input}) { session { accessToken } }`;
  });
  const { username } = user;
  return a.graphql<Record<string, { session: object | null }> | undefined>(
    `mutation ($wrong: SignInInput!, $right: SignInInput!) { ${attempts.join(' ')} }`,
    { wrong: { username, password: WRONG }, right: { username, password: PASSWORD } },
    { headers: { 'x-forwarded-for': from } },
  );
}

test.each([2, 20, 100])('%s attempts as aliases in one request are refused as a whole', async (count) => {
  const { data, errors } = await signInByAliases(count);
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  expect(await failedAttemptsOf(a, user)).toEqual([]);
});

test('an address gets a hundred failed attempts, over all accounts and instances', async () => {
  const { username } = user;
  const earlier = new Set((await rowsOf(a, 'sign_in_throttle')).map((row) => row.throttle_key));
  const answers = await Promise.all(
    Array.from({ length: FREE_ATTEMPTS_OF_ADDRESS + 50 }, (_, index) =>
      attempt(index % 2 ? a : b, { username: `nobody${index}@example.com`, password: WRONG, from }),
    ),
  );
  expect(new Set(answers.map(({ bytes }) => bytes)).size).toBe(1);
  const rows = await rowsOf(a, 'sign_in_throttle');
  const counted = rows.filter((row) => !earlier.has(row.throttle_key) && timeUntilExpiry(a, row) > 0);
  // The hundred usernames, and the address.
  expect(counted).toHaveLength(FREE_ATTEMPTS_OF_ADDRESS + 1);

  expect((await attempt(a, { username, from })).bytes).toBe(answers[0]!.bytes);
  expect(await failedAttemptsOf(a, user)).toEqual([]);
  expect((await attempt(a, { username, from: newAddress() })).signedIn).toBe(true);
  advance(SECOND);
  expect((await attempt(a, { username: (await newUser()).username, from })).signedIn).toBe(true);
}, 90_000);

test('the addresses of one IPv6 network count as one', async () => {
  const { username } = user;
  for (let index = 0; index < FREE_ATTEMPTS_OF_ADDRESS; index += 10) {
    await Promise.all(
      Array.from({ length: 10 }, (_, more) =>
        attempt(a, {
          username: `v6-${index + more}@example.com`,
          password: WRONG,
          from: `2001:db8:0:7:${(index + more).toString(16)}::1`,
        }),
      ),
    );
  }
  expect((await attempt(a, { username, from: '2001:0db8::7:ffff:0:0:9' })).signedIn).toBe(false);
  expect((await attempt(a, { username, from: '2001:db8:0:8::1' })).signedIn).toBe(true);
}, 90_000);

test('a wrong password, a blocked account, an unknown one and a disabled user answer the same bytes', async () => {
  const disabled = await buildUser(a, acme, { passwordHash, enabled: false });
  const answer = async (username: string, password: string) => {
    const { bytes, setCookies } = await attempt(a, { username, password, from: newAddress() });
    return [bytes, setCookies];
  };
  const wrong = await answer(user.username, WRONG);
  for (const username of [user.username, disabled.username, 'stranger@example.com']) {
    await failToSignIn(a, FREE_ATTEMPTS, { username, from: newAddress() });
    expect(await answer(username, PASSWORD)).toEqual(wrong);
    expect(await answer(username, WRONG)).toEqual(wrong);
  }
  advance(SECOND);
  expect(await answer(disabled.username, PASSWORD)).toEqual(wrong);
});

test('a sign-in that is refused unchecked hashes nothing, one as a stranger what a user would cost', async () => {
  const stranger = { username: 'no-such-user@example.com' };
  for (const { username } of [user, stranger]) {
    await failToSignIn(a, FREE_ATTEMPTS, { username, from });
    jest.mocked(verify).mockClear();
    expect((await attempt(a, { username, from })).signedIn).toBe(false);
    expect(jest.mocked(verify)).not.toHaveBeenCalled();
  }
  // At the cost of real passwords, whatever that of this user is.
  const realCost: object = expect.objectContaining({ memoryCost: 19_456, timeCost: 2 });
  expect(jest.mocked(hash)).toHaveBeenCalledWith('', realCost);
});

test('however a username is spelled, it is the same counter', async () => {
  const spellings = [user.username, user.username.toUpperCase(), ` ${user.username}\t`];
  for (let time = 0; time < 12; time += 1) {
    await failToSignIn(a, 1, { username: spellings[time % 3]!, from });
  }
  expect(await failedAttemptsOf(a, user)).toEqual([FREE_ATTEMPTS]);
  const unknown = ['ghost@example.com', 'GHOST@EXAMPLE.COM', 'ｇｈｏｓｔ@example.com'];
  const before = (await rowsOf(a, 'sign_in_throttle')).length;
  for (const username of unknown) await failToSignIn(a, 1, { username, from });
  expect(await rowsOf(a, 'sign_in_throttle')).toHaveLength(before + 1);
});

test('a right password forgives the wrong ones before it, but not those at the address', async () => {
  const other = await newUser();
  const earlier = new Set((await rowsOf(a, 'sign_in_throttle')).map((row) => row.throttle_key));
  await failToSignIn(a, FREE_ATTEMPTS - 1, { username: user.username, from });
  await failToSignIn(a, 3, { username: other.username, from });
  expect((await attempt(a, { username: user.username, from })).signedIn).toBe(true);
  expect(await failedAttemptsOf(a, user)).toEqual([]);
  expect(await failedAttemptsOf(a, other)).toEqual([3]);
  const rows = await rowsOf(a, 'sign_in_throttle');
  expect(atAddress(rows, earlier)).toEqual([(FREE_ATTEMPTS - 1 + 3) * 30 * SECOND]);
});

test('a right password refunds only its own attempt at an address where others have failed meanwhile', async () => {
  const slow = await buildUser(a, acme, { passwordHash: await slowHash() });
  const earlier = new Set((await rowsOf(a, 'sign_in_throttle')).map((row) => row.throttle_key));
  const right = attempt(a, { username: slow.username, from });
  while ((await failedAttemptsOf(a, slow)).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 1));
  await failToSignIn(b, 1, { username: user.username, from });
  expect((await right).signedIn).toBe(true);
  expect(await failedAttemptsOf(a, slow)).toEqual([]);
  const rows = await rowsOf(a, 'sign_in_throttle');
  expect(atAddress(rows, earlier)).toEqual([30 * SECOND]);
});

test('right passwords never count', async () => {
  const { username } = user;
  for (let time = 0; time < 3; time += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => attempt(b, { username, from })));
    expect(signedIn(answers)).toBe(10);
  }
  expect(await failedAttemptsOf(a, user)).toEqual([]);
});

test('one failed attempt expires every hour', async () => {
  const { username } = user;
  await failToSignIn(a, FREE_ATTEMPTS, { username, from });
  advance(3 * HOUR);
  expect(await failedAttemptsOf(a, user)).toEqual([FREE_ATTEMPTS - 3]);
  await failToSignIn(a, 2, { username, from });
  expect((await attempt(a, { username, from })).signedIn).toBe(true);
});

test('counters that remember nothing are deleted, the others stay', async () => {
  const { username } = user;
  await failToSignIn(a, 2, { username, from });
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      failToSignIn(a, 1, { username: `old${index}@example.com`, from }),
    ),
  );
  advance(HOUR + 1);
  const before = await rowsOf(a, 'sign_in_throttle');
  const purged = await purgeExpiredAttempts(a.app.database, a.now());
  expect(purged).toBeGreaterThanOrEqual(8);
  expect(await rowsOf(a, 'sign_in_throttle')).toHaveLength(before.length - purged);
  expect(await failedAttemptsOf(a, user)).toEqual([1]);
  expect(await purgeExpiredAttempts(a.app.database, a.now())).toBe(0);
});

test('a counter that counts again while the expired ones are being deleted stays', async () => {
  const { username } = user;
  await failToSignIn(a, 1, { username, from });
  advance(HOUR + 1);
  const { reader } = a.app.database;
  const find = reader.find.bind(reader);
  jest.spyOn(reader, 'find').mockImplementationOnce(async (...args) => {
    const expired = await find(...args);
    await failToSignIn(b, 1, { username, from });
    return expired;
  });
  await purgeExpiredAttempts(a.app.database, a.now());
  expect(await failedAttemptsOf(a, user)).toEqual([1]);
});

test('what is counted does not tell what was typed', async () => {
  await failToSignIn(a, 1, { username: 'My-Password-1@example.com', from });
  const stored = JSON.stringify(await rowsOf(a, 'sign_in_throttle'));
  expect(stored).not.toMatch(/my-password|example\.com|198\.51/i);
});
