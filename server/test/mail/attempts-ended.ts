import type { TestService } from '../harness';
import { rowsOf } from '../stored-rows';
import { until } from './smtp-sink';

/**
 * Waits until no mail is under way. The time of a test may jump only then: an attempt that fails afterwards is
 * tried again that much later, and a mail whose claim ends meanwhile is sent a second time.
 */
export async function attemptsEnded(service: TestService): Promise<void> {
  const areEnded = async () => (await rowsOf(service, 'outgoing_mail')).every(({ claim }) => claim === null);
  await until(areEnded, 'the attempts to end');
}
