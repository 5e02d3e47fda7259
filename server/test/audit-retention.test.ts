import { deleteExpiredEvents, EXPIRY_INTERVAL } from '../src/audit/delete-expired-events';
import { readConfig } from '../src/config/config';
import { insertEvents } from './audit-rows';
import { buildOrganization, type BuiltOrganization } from './builders';
import { startService, TEST_SECRET, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { until } from './mail/smtp-sink';
import { rowsOf } from './stored-rows';
import { globalId } from '../src/global-id/global-id';

const DAY = 86_400_000;

const idsIn = async (service: TestService) =>
  (await rowsOf(service, 'audit_event')).map(({ id }) => globalId('AuditEvent', id as number)).sort();

/** Only the timers of scheduled jobs: drivers and HTTP go on with real ones. */
function holdIntervals(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
afterEach(() => jest.useRealTimers());

async function withEvents(
  service: TestService,
  ages: readonly number[],
): Promise<[BuiltOrganization, string[]]> {
  const organization = await buildOrganization(service);
  const now = service.now().getTime();
  const rows = ages.map((age) => ({ at: new Date(now - age) }));
  return [organization, await insertEvents(service, organization, rows)];
}

test('deletes what is older than it is to be kept, of every organization, and nothing else', async () => {
  holdIntervals();
  const service = await startService({ auditRetention: 30 * DAY });
  service.stopClock();
  const [, [, young, ...others]] = await withEvents(service, [29 * DAY, 10 * DAY, 28 * DAY, 0]);
  const [, [, fresh]] = await withEvents(service, [400 * DAY, DAY]);
  service.advance(1.5 * DAY);
  jest.advanceTimersByTime(EXPIRY_INTERVAL);
  await until(async () => (await idsIn(service)).length === 4, 'the old ones to go');
  expect(await idsIn(service)).toEqual([young, ...others, fresh].sort());

  service.advance(25 * DAY);
  jest.advanceTimersByTime(EXPIRY_INTERVAL);
  await until(async () => (await idsIn(service)).length === 2, 'the next ones to go');
  expect(await idsIn(service)).toEqual([others[1], fresh].sort());
});

test('keeps everything when nothing else is said', async () => {
  holdIntervals();
  const service = await startService();
  const [, ids] = await withEvents(service, [0, 1000 * DAY]);
  const other = await startAnotherInstance(service);
  other.advance(40_000 * DAY);
  jest.advanceTimersByTime(EXPIRY_INTERVAL);
  await other.stop();
  expect(await idsIn(service)).toEqual(ids.sort());
});

test('several instances at once delete many batches between them, each event once', async () => {
  const service = await startService();
  const other = await startAnotherInstance(service);
  await withEvents(
    service,
    Array.from({ length: 3500 }, () => 2 * DAY),
  );
  const [, kept] = await withEvents(service, [0, 0]);
  const before = new Date(service.now().getTime() - DAY);
  const running = new AbortController().signal;
  const deleted = await Promise.all(
    [service, other, service].map(({ app }) => deleteExpiredEvents(app.database, before, running)),
  );
  expect(deleted.reduce((sum, count) => sum + count)).toBe(3500);
  expect(await idsIn(service)).toEqual(kept.sort());
});

test('a stop waits for one batch, not for all', async () => {
  const service = await startService();
  await withEvents(
    service,
    Array.from({ length: 2500 }, () => 2 * DAY),
  );
  const stopping = new AbortController();
  const deleting = deleteExpiredEvents(service.app.database, service.now(), stopping.signal);
  await until(async () => (await idsIn(service)).length < 2500, 'the first batch to go');
  stopping.abort();
  expect(await deleting).toBe(1000);
  expect(await idsIn(service)).toHaveLength(1500);
});

describe('AUDIT_RETENTION_DAYS', () => {
  const read = (days?: string) =>
    readConfig({ SECRET: TEST_SECRET, DATABASE_URL: 'sqlite:./x.db', AUDIT_RETENTION_DAYS: days });

  test.each([
    [undefined, null],
    ['', null],
    ['1', DAY],
    ['36500', 36_500 * DAY],
  ])('%j keeps events for %j milliseconds', (days, milliseconds) => {
    expect(read(days).auditRetention).toBe(milliseconds);
  });

  test.each(['0', '36501', '-1', '1.5', 'for ever', '1e3'])('%j is refused', (days) => {
    expect(() => read(days)).toThrow(`AUDIT_RETENTION_DAYS must be a number from 1 to 36500, not "${days}".`);
  });
});
