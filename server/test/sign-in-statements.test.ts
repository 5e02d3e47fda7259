import { buildOrganization, buildUser, type BuiltOrganization } from './builders';
import { attempt, cheapHash, failToSignIn, FREE_ATTEMPTS, WRONG, type Attempt } from './failed-attempts';
import { startService, type TestService } from './harness';
import { statementsDuring } from './statement-log';
import { rowsOf } from './stored-rows';

let service: TestService;
let acme: BuiltOrganization;
let passwordHash: string;
let addresses = 0;

const newAddress = () => `203.0.113.${++addresses}`;
const newUser = (overrides = {}) => buildUser(service, acme, { passwordHash, ...overrides });

beforeAll(async () => {
  service = await startService({ trustedProxies: ['127.0.0.1'] });
  // So that a locked account stays locked.
  service.stopClock();
  acme = await buildOrganization(service);
  passwordHash = await cheapHash();
});

const SUCCESS = [
  // The account, and whether the user has signed in from this address before.
  'SELECT user',
  'BEGIN',
  // Counts the attempt: locks the counters, reads them, writes them.
  'INSERT INTO sign_in_throttle',
  'SELECT sign_in_throttle',
  'INSERT INTO sign_in_throttle',
  'COMMIT',
  'BEGIN',
  // Locks the user.
  'UPDATE user',
  // Takes the attempt back.
  'UPDATE sign_in_throttle',
  'SELECT user',
  'INSERT INTO session',
  // The time of the last sign-in.
  'UPDATE user',
  'INSERT INTO audit_event',
  'COMMIT',
];

test('signing in takes at most 14 statements and 2 transactions', async () => {
  expect(SUCCESS.length).toBeLessThanOrEqual(14);
  const { username } = await newUser();
  const signIn = async (what: Omit<Attempt, 'username'>) => {
    let deviceCookie: string | null = null;
    const statements = await statementsDuring(service, async () => {
      const answer = await attempt(service, { username, ...what });
      expect(answer.signedIn).toBe(true);
      ({ deviceCookie } = answer);
    });
    expect(statements).toEqual(SUCCESS);
    return deviceCookie;
  };
  const from = newAddress();
  const cookie = await signIn({ from });
  await signIn({ from });
  await signIn({ from: newAddress(), cookie });
  await signIn({ from: newAddress(), withRefreshToken: true });
});

const REFUSED = [
  ...SUCCESS.slice(0, SUCCESS.indexOf('COMMIT') + 1),
  // The events of the failed attempt; none when nobody is known. The counter is written so that there is a change.
  'BEGIN',
  'UPDATE sign_in_throttle',
  'INSERT INTO audit_event',
  'COMMIT',
];

/** The events of failed attempts that have been recorded; unknown usernames have none. */
const recordedFailures = async () =>
  (await rowsOf(service, 'audit_event')).filter(({ action }) => action === 'user.sign_in_failed').length;

test('an unknown username, a wrong password, a locked account and a disabled user take the same statements', async () => {
  const home = newAddress();
  const user = await newUser();
  const locked = await newUser();
  const disabled = await newUser({ enabled: false });
  await attempt(service, { username: user.username, from: home });
  await failToSignIn(service, FREE_ATTEMPTS, { username: locked.username, from: newAddress() });
  const refused: Record<string, Attempt & { readonly isRecorded?: boolean }> = {
    unknown: { username: 'nobody@example.com' },
    wrong: { username: user.username, password: WRONG, isRecorded: true },
    'wrong at a known address': { username: user.username, password: WRONG, from: home, isRecorded: true },
    locked: { username: locked.username },
    disabled: { username: disabled.username, isRecorded: true },
  };

  let failures = FREE_ATTEMPTS;
  for (const { isRecorded = false, ...what } of Object.values(refused)) {
    const statements = await statementsDuring(service, async () => {
      expect((await attempt(service, { from: newAddress(), ...what })).signedIn).toBe(false);
    });
    expect(statements).toEqual(REFUSED);
    if (isRecorded) failures += 1;
    // By the time of the answer.
    expect(await recordedFailures()).toBe(failures);
  }
});
