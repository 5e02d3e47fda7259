import type { DeferralRange } from '../../src/background/deferred-work';
import { DEFAULT_ADDRESS_LIMITS } from '../../src/config/config';
import { buildOrganization, buildUser, type BuiltOrganization } from '../builders';
import { startService, type TestService } from '../harness';
import { rowsOf } from '../stored-rows';
import { failToSignIn } from '../failed-attempts';
import { sharedDatabase } from './shared-database';
import { startSink, type SmtpSink } from './smtp-sink';

let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let log = '';

async function start(deferral: DeferralRange): Promise<void> {
  log = '';
  sink = await startSink();
  service = await startService(
    {
      addressLimits: DEFAULT_ADDRESS_LIMITS,
      database: await sharedDatabase(),
      mail: sink.config,
      trustedProxies: ['127.0.0.1'],
      logLevel: 'warn',
    },
    { deferral, log: { write: (line) => void (log += line) } },
  );
  organization = await buildOrganization(service);
}
afterEach(async () => {
  await service.stop();
  await sink.goDown();
});

async function requestFrom(address: string, username: string): Promise<number> {
  const { status } = await service.graphql(
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
    { input: { username } },
    { headers: { 'x-forwarded-for': address } },
  );
  return status;
}

async function flood(times: number, addressOf: (index: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 50) {
    const batch = Array.from({ length: 50 }, (_, more) =>
      requestFrom(addressOf(index + more), `nobody${index + more}@example.com`),
    );
    statuses.push(...(await Promise.all(batch)));
  }
  return statuses;
}

test('a flood of forgotten passwords from one address drops nobody else’s link', async () => {
  await start({ earliest: 100, latest: 1000, most: 150 });
  const user = await buildUser(service, organization);
  const statuses = await flood(200, () => '198.51.100.1');
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect(await requestFrom('203.0.113.9', user.username)).toBe(200);
  const [mail] = await sink.received(user.username);
  expect(mail!.headers.subject).toBe('Set a new password');
  expect(log).toBe('');
}, 60_000);

test('a flood from many addresses drops links, says so once, and silences no failed sign-in', async () => {
  // So that all of them wait at once, however slow the machine is; a stop ends the waiting.
  await start({ earliest: 60_000, latest: 60_000, most: 100 });
  const user = await buildUser(service, organization);
  await flood(150, (index) => `198.51.${Math.floor(index / 250)}.${1 + (index % 250)}`);
  await failToSignIn(service, 1, { username: user.username, from: '203.0.113.9' });
  expect(log.match(/"msg":"[^"]+"/g)).toEqual([
    '"msg":"There are too many links for a new password to mail; some are dropped"',
  ]);
  await service.stop();
  service = await startService({ database: service.config.database });
  const actions = (await rowsOf(service, 'audit_event')).map(({ action }) => action);
  expect(actions).toContain('user.sign_in_failed');
}, 60_000);
