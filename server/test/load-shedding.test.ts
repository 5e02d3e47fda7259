import { LATEST } from '../src/http/load-shedding';
import { startService, type TestService } from './harness';
import { until } from './mail/smtp-sink';

let service: TestService;

beforeAll(async () => {
  service = await startService({}, { latest: LATEST });
});

/** Nothing else happens in the process, which the service shares with the test, for so long (ms). */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const ask = (path: string) => fetch(new URL(path, service.url));

test('a process that stays late refuses requests with 503, answers for its health, and recovers by itself', async () => {
  let refused: Response | null = null;
  await until(async () => {
    block(600);
    const answer = await ask('/graphql?query={__typename}');
    if (answer.status === 503) refused = answer;
    return refused !== null;
  }, 'a refusal');
  expect(refused!.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(refused!.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await refused!.json()).toEqual({
    errors: [
      { message: expect.any(String), extensions: { code: 'OVERLOADED', requestId: expect.any(String) } },
    ],
  });
  block(600);
  block(600);
  expect((await ask('/health/live')).status).toBe(200);
  expect((await ask('/schema.graphql')).status).toBe(200);
  await until(async () => (await service.graphql('{ __typename }')).status === 200, 'it to recover');
});
