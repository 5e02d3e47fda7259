import { startService, type TestService } from './harness';

const APP = 'https://app.example.com';
const LOCAL = 'http://localhost:5173';

let service: TestService;

beforeAll(async () => {
  service = await startService({ allowedOrigins: [APP, LOCAL] });
});

const JSON_TYPE = { 'content-type': 'application/json' };

const ask = (init: RequestInit = {}, path = '/graphql') => fetch(new URL(path, service.url), init);
const query = (origin: string | null, body = '{"query": "{ version }"}') =>
  ask({ method: 'POST', headers: { ...JSON_TYPE, ...(origin === null ? {} : { origin }) }, body });
const preflight = (origin: string, path?: string) =>
  ask(
    {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    },
    path,
  );

function corsHeadersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
}

const words = (text: string | null) => (text ?? '').toLowerCase().split(', ');

test.each([APP, LOCAL])('a page of %s may ask whether it may call, and what it may send', async (origin) => {
  const answer = await preflight(origin);
  expect(answer.status).toBe(204);
  const { headers } = answer;
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
  expect(words(headers.get('access-control-allow-headers'))).toEqual(
    expect.arrayContaining(['authorization', 'content-type', 'x-request-id']),
  );
  expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
  expect(words(headers.get('vary'))).toContain('origin');
});

test('its call is answered, and it may read the headers that clients need', async () => {
  const answer = await query(APP);
  expect(await answer.json()).toMatchObject({ data: { version: expect.any(String) } });
  expect(corsHeadersOf(answer)).toEqual({
    'access-control-allow-origin': APP,
    'access-control-expose-headers': 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
  });
  expect(words(answer.headers.get('vary'))).toContain('origin');
});

test('it sends the token itself: cookies of its browser are never asked for', async () => {
  for (const answer of [await preflight(APP), await query(APP)]) {
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  }
});

test.each<[what: string, request: { readonly headers: Record<string, string>; readonly body: string }]>([
  ['a document that makes no sense', { headers: JSON_TYPE, body: '{"query": "{"}' }],
  ['another type of content', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
  ['too long a body', { headers: JSON_TYPE, body: `"${'x'.repeat(300_000)}"` }],
])('it may read why it is refused: %s', async (_what, { headers, body }) => {
  const answer = await ask({ method: 'POST', headers: { ...headers, origin: APP }, body });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
});

const STRANGERS = [
  'null',
  'https://evil.example',
  'https://sub.app.example.com',
  'https://app.example.com.evil.example',
  'https://example.com',
  'https://app.example.com:8443',
  'http://app.example.com',
  'https://APP.example.com',
  'https://app.example.com/',
  'http://localhost:5174',
  'http://localhost',
  `${APP}, ${LOCAL}`,
  '*',
  '',
];

test.each(STRANGERS)('the origin "%s" gets no header of CORS at all', async (origin) => {
  const refused = await preflight(origin);
  expect(refused.status).toBe(405);
  const answered = await query(origin);
  expect(answered.status).toBe(200);
  for (const answer of [refused, answered]) expect(corsHeadersOf(answer)).toEqual({});
  // Or a cache would hand this answer to a page of an allowed origin.
  expect(words(answered.headers.get('vary'))).toContain('origin');
});

test('a request without an origin is answered as ever', async () => {
  const answer = await query(null);
  expect(answer.status).toBe(200);
  expect(corsHeadersOf(answer)).toEqual({});
});

test.each(['/', '/graphiql', '/schema.graphql', '/health/ready', '/nowhere', '/graphql/', '/graphql/x'])(
  '%s is for nobody elsewhere',
  async (path) => {
    expect(corsHeadersOf(await preflight(APP, path))).toEqual({});
    expect(corsHeadersOf(await ask({ headers: { origin: APP } }, path))).toEqual({});
  },
);

test('OPTIONS that asks for no permission is one method too many', async () => {
  const asking: Record<string, string>[] = [{}, { origin: APP }, { 'access-control-request-method': 'POST' }];
  for (const headers of asking) {
    const answer = await ask({ method: 'OPTIONS', headers });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
  }
});

test('without the setting nobody is allowed, and no answer depends on who asks', async () => {
  const closed = await startService();
  const headers = { ...JSON_TYPE, origin: APP };
  const answer = await fetch(closed.url, { method: 'POST', headers, body: '{"query": "{ version }"}' });
  expect(corsHeadersOf(answer)).toEqual({});
  expect(words(answer.headers.get('vary'))).not.toContain('origin');
  const asking = { origin: APP, 'access-control-request-method': 'POST' };
  expect((await fetch(closed.url, { method: 'OPTIONS', headers: asking })).status).toBe(405);
  await closed.stop();
});
