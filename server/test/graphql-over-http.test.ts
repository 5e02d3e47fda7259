import { serverAudits } from 'graphql-http';
import { startService, type TestService } from './harness';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

/** Shows that the request is not a form of another site; without it the service refuses every GET (CSRF). */
const fetchFn = (url: string, init?: RequestInit) => {
  const headers = new Headers(init?.headers);
  headers.set('apollo-require-preflight', 'true');
  return fetch(url, { ...init, headers });
};

const audits = serverAudits({ url: () => service.url, fetchFn });

/**
 * For application/json the specification recommends 200 for documents that cannot be executed. We
 * answer 400, as for application/graphql-response+json: proxies and monitors must see what went wrong.
 */
const ANSWERED_WITH_400 = [
  'SHOULD use 200 status code on document parsing failure when accepting application/json',
  'SHOULD use 200 status code on document validation failure when accepting application/json',
  'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
];

test('the audit suite of the GraphQL-over-HTTP specification is complete', () => {
  expect(audits.length).toBeGreaterThanOrEqual(61);
});

test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
  const result = await audit.fn();
  const isOurs = ANSWERED_WITH_400.includes(name);
  expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe(
    isOurs ? 'warn: Response status code is not 200' : 'ok',
  );
});
