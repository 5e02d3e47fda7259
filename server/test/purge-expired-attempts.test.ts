import { PURGE_INTERVAL } from '../src/throttle/purge-expired-attempts';
import { failToSignIn } from './failed-attempts';
import { startService } from './harness';
import { until } from './mail/smtp-sink';
import { rowsOf } from './stored-rows';

const HOUR = 3_600_000;

// Everything passes as it does but intervals: those wait for advanceTimersByTime.
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

test('while the service runs, counters that remember nothing are deleted again and again', async () => {
  const service = await startService();
  const counters = async () => (await rowsOf(service, 'sign_in_throttle')).length;
  for (const username of ['nobody@example.com', 'no-one@example.com']) {
    await failToSignIn(service, 2, { username });
    // The username and the address.
    expect(await counters()).toBe(2);
    service.advance(3 * HOUR);
    jest.advanceTimersByTime(PURGE_INTERVAL);
    await until(async () => (await counters()) === 0, 'the counters to be deleted');
  }
});
