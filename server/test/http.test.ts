import { gzipSync } from 'node:zlib';
import { TOP_LEVEL_ERRORS } from '../src/error-catalogue/top-level-errors';
import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
});

const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = '{ viewer { permissions } }';
const MUTATION = 'mutation { signOut { userErrors { code } } }';
const body = (query: string, more: object = {}) => JSON.stringify({ query, ...more });

/** Holds for every request: no server error, and no internals in the answer. */
async function ask(init: RequestInit & { readonly path?: string }) {
  const { path = '/graphql', ...request } = init;
  const response = await fetch(new URL(path, service.url), { redirect: 'manual', ...request });
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  expect(text).not.toMatch(
    /INTERNAL|SELECT |INSERT |SQLITE|\bER_|node_modules|\bat .+:\d+:\d+|\.ts\b|\/work\/|\/tmp\//,
  );
  return { status: response.status, headers: response.headers, text };
}

const post = (content: RequestInit['body'], headers: Record<string, string> = JSON_TYPE) =>
  ask({ method: 'POST', headers, body: content });

test('answers a query', async () => {
  const { status, text, headers } = await post(body(QUERY));
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ data: { viewer: null } });
  expect(headers.get('content-type')).toMatch(/^application\/json/);
});

/** What a form or a script of another site can send without the browser asking first. */
const SIMPLE_REQUESTS: Record<string, () => Parameters<typeof ask>[0]> = {
  'JSON as text/plain': () => ({
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: body(MUTATION),
  }),
  'JSON as text/plain with a charset': () => ({
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=application/json' },
    body: body(MUTATION),
  }),
  'a form': () => ({ method: 'POST', body: new URLSearchParams({ query: MUTATION }) }),
  'a multipart form': () => {
    const form = new FormData();
    form.set('operations', body(MUTATION));
    form.set('query', MUTATION);
    return { method: 'POST', body: form };
  },
  'no content type': () => ({ method: 'POST', body: new Blob([body(MUTATION)]) }),
  'an empty content type': () => ({ method: 'POST', headers: { 'content-type': '' }, body: body(MUTATION) }),
  'a mutation by GET': () => ({ path: `/graphql?query=${encodeURIComponent(MUTATION)}` }),
  'a mutation by GET as JSON': () => ({
    path: `/graphql?query=${encodeURIComponent(MUTATION)}`,
    headers: JSON_TYPE,
  }),
  'a query by GET that any page can make': () => ({ path: `/graphql?query=${encodeURIComponent(QUERY)}` }),
  'a query by GET as text/plain': () => ({
    path: `/graphql?query=${encodeURIComponent(QUERY)}`,
    headers: { 'content-type': 'text/plain' },
  }),
  'a POST with the mutation in the address': () => ({
    method: 'POST',
    path: `/graphql?query=${encodeURIComponent(MUTATION)}`,
  }),
};

test.each(Object.entries(SIMPLE_REQUESTS))('refuses %s', async (_what, request) => {
  const { status, text } = await ask(request());
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).not.toContain('"data":{');
});

test('a preflight of another site allows nothing', async () => {
  const headers = {
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };
  const preflight = await ask({ method: 'OPTIONS', headers });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  const answer = await post(body(QUERY), { ...JSON_TYPE, origin: 'https://evil.example' });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'PROPFIND', 'LINK'])('there is no %s', async (method) => {
  const { status } = await ask({ method, headers: JSON_TYPE });
  expect(status).toBeGreaterThanOrEqual(400);
});

test('refuses a batch', async () => {
  for (const batch of [[], [{ query: QUERY }], Array.from({ length: 100 }, () => ({ query: QUERY }))]) {
    const { status, text } = await post(JSON.stringify(batch));
    expect(status).toBe(400);
    expect(text).not.toContain('viewer');
  }
});

const BROKEN_BODIES: Record<string, string | Uint8Array> = {
  nothing: '',
  'white space': '   ',
  'broken JSON': '{"query": "{ viewer',
  'two documents': `${body(QUERY)}${body(QUERY)}`,
  'a number': '1',
  'a text': '"{ viewer { permissions } }"',
  null: 'null',
  true: 'true',
  'no query': '{}',
  'an empty query': body(''),
  'a query that is a number': '{"query": 1}',
  'a query that is a list': '{"query": ["{ viewer { permissions } }"]}',
  'variables that are a text': '{"query": "{ viewer { permissions } }", "variables": "x"}',
  'variables that are a list': '{"query": "{ viewer { permissions } }", "variables": [1]}',
  'an operation name that is a number': '{"query": "{ viewer { permissions } }", "operationName": 1}',
  'an operation that is not there': body('query A { viewer { permissions } }', { operationName: 'B' }),
  'two operations and no name': body('query A { viewer { permissions } } query B { viewer { permissions } }'),
  'extensions that are a text': '{"query": "{ viewer { permissions } }", "extensions": "x"}',
  'invalid UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'a NUL character in the query': body('{ viewer\u0000 { permissions } }'),
  'a field that is not there': body('{ viewer { password } }'),
  'a subscription': body('subscription { users { id } }'),
  'a number beyond every range':
    '{"query": "query ($n: Int) { users(first: $n) { nodes { id } } }", "variables": {"n": 1e400}}',
  '__proto__ in the variables':
    '{"query": "{ viewer { permissions } }", "variables": {"__proto__": {"x": 1}}}',
  '__proto__ at the top': '{"query": "{ viewer { permissions } }", "__proto__": {"admin": true}}',
  'constructor.prototype in the variables':
    '{"query": "{ viewer { permissions } }", "variables": {"constructor": {"prototype": {"x": 1}}}}',
};

test.each(Object.entries(BROKEN_BODIES))('refuses a body with %s', async (_what, content) => {
  expect((await post(content)).status).toBe(400);
});

test('variables that nobody asked for are ignored, deep ones too', async () => {
  const deep = (query: string, name: string) =>
    `{"query": ${JSON.stringify(query)}, "variables": {"${name}": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
  expect((await post(deep(QUERY, 'unasked'))).status).toBe(200);
  const asking = 'query ($ids: [ID!]) { users(filter: { roleId: $ids }) { totalCount } }';
  expect((await post(deep(asking, 'ids'))).status).toBe(400);
});

test('polluting a prototype through a variable reaches nothing', async () => {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
  const polluted = `{"query": ${JSON.stringify(query)}, "variables": {"input": {"username": "a", "password": "b",
    "__proto__": {"withRefreshToken": true}}}}`;
  expect((await post(polluted)).status).toBe(400);
  expect(({} as Record<string, unknown>).withRefreshToken).toBeUndefined();
});

test('refuses a body that is too large, before reading all of it', async () => {
  const start = performance.now();
  expect((await post(body(`{ viewer { permissions } } #${'x'.repeat(300_000)}`))).status).toBe(413);
  const large = await post(new Uint8Array(10_000_000)).catch(() => ({ status: 413 }));
  expect(large.status).toBe(413);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('refuses compressed bodies, small and exploding ones', async () => {
  for (const content of [gzipSync(body(QUERY)), gzipSync(Buffer.alloc(50_000_000, 32))]) {
    const { status } = await post(new Uint8Array(content), { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect([400, 413, 415]).toContain(status);
  }
});

test.each(['utf-8', 'UTF-8', '"utf-8"'])('takes JSON with the charset %s', async (charset) => {
  expect((await post(body(QUERY), { 'content-type': `application/json; charset=${charset}` })).status).toBe(
    200,
  );
});

test('keeps no persisted queries', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
  for (const query of ['', QUERY]) {
    const { text } = await post(body(query, { extensions }));
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'BAD_USER_INPUT' } }],
    });
  }
});

test('serves introspection to everyone', async () => {
  const { status, text } = await post(body('{ __schema { queryType { name } } }'));
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
});

test('an address that is no address is a bad request, and is not repeated', async () => {
  const { status, text } = await ask({ path: '/%E0%A4%A' });
  expect(status).toBe(400);
  const message = TOP_LEVEL_ERRORS.BAD_USER_INPUT.messages.malformedRequest;
  const extensions = { code: 'BAD_USER_INPUT', requestId: expect.any(String) };
  expect(JSON.parse(text)).toEqual({ errors: [{ message, extensions }] });
});

test.each([
  '/',
  '/graphql',
  '/health/live',
  '/nowhere',
  '/graphql/../secret',
  '/%00',
  '/%E0%A4%A',
  '/graphql%',
  `/admin/${'x'.repeat(5000)}`,
])('every answer carries the security headers: %s', async (path) => {
  const { headers } = await ask({ path });
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('answers of the API are not kept by caches', async () => {
  const { headers } = await post(body(QUERY), {
    ...JSON_TYPE,
    authorization: `Bearer ${administrator.token}`,
  });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('over HTTPS browsers are told to stay there', async () => {
  expect((await ask({ path: '/health/live' })).headers.get('strict-transport-security')).toBeNull();
  const secure = await startService({ publicUrl: 'https://users.example.com' });
  const { headers } = await fetch(new URL('/health/live', secure.url));
  expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  await secure.stop();
});

test('says that it lives and that it is ready', async () => {
  for (const path of ['/health/live', '/health/ready']) {
    const { status, text } = await ask({ path });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: 'ok' });
  }
});

test('without its database it lives, is not ready, and says no more than that something went wrong', async () => {
  const other = await startService();
  const { reader, writer } = other.app.database;
  const sources = new Set([reader.dataSource, writer]);
  for (const source of sources) await source.destroy();
  const statusOf = async (path: string) => (await fetch(new URL(path, other.url))).status;
  expect(await statusOf('/health/live')).toBe(200);
  expect(await statusOf('/health/ready')).toBe(503);

  const { data, errors } = await other.graphql(
    'mutation { signIn(input: { username: "ada", password: "secret" }) { userErrors { code } } }',
  );
  expect(data).toEqual({ signIn: null });
  expect(errors).toEqual([
    {
      message: TOP_LEVEL_ERRORS.INTERNAL.messages.unforeseen,
      path: ['signIn'],
      extensions: { code: 'INTERNAL' },
    },
  ]);
  for (const source of sources) await source.initialize();
  expect(await statusOf('/health/ready')).toBe(200);
});
