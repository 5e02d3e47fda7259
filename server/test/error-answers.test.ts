import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { TOP_LEVEL_ERRORS } from '../src/error-catalogue/top-level-errors';
import { startService, type TestService } from './harness';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(new URL(path, service.url), init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const post = (body: RequestInit['body'], type = 'application/json', more: Record<string, string> = {}) =>
  ask('/graphql', { method: 'POST', headers: { 'content-type': type, ...more }, body });

/** What a client sends to a socket that is no request, and what it gets. */
async function sendRaw(text: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const { hostname, port } = new URL(service.url);
  const answer = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (data) => (received += String(data)));
    socket.on('error', reject).on('close', () => resolve(received));
  });
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) };
}

type Code = keyof typeof TOP_LEVEL_ERRORS;

const FAILURES: Record<
  string,
  [status: number, code: Code, request: () => Promise<Omit<Answer, 'headers'>>]
> = {
  'an unknown path': [404, 'NOT_FOUND', () => ask('/nowhere')],
  'a POST to an unknown path': [404, 'NOT_FOUND', () => ask('/nowhere', { method: 'POST', body: 'x' })],
  'an unknown path below a known one': [404, 'NOT_FOUND', () => ask('/graphql/nowhere')],
  'a path upwards': [404, 'NOT_FOUND', () => ask('/..%2f..%2fpackage.json')],
  'PUT to the API': [405, 'METHOD_NOT_ALLOWED', () => ask('/graphql', { method: 'PUT' })],
  'DELETE to the API': [405, 'METHOD_NOT_ALLOWED', () => ask('/graphql', { method: 'DELETE' })],
  'OPTIONS to the API': [405, 'METHOD_NOT_ALLOWED', () => ask('/graphql', { method: 'OPTIONS' })],
  'PATCH to the API with a query': [
    405,
    'METHOD_NOT_ALLOWED',
    () => ask('/graphql?query={version}', { method: 'PATCH' }),
  ],
  'POST to the schema': [405, 'METHOD_NOT_ALLOWED', () => ask('/schema.graphql', { method: 'POST' })],
  'DELETE to a health check': [405, 'METHOD_NOT_ALLOWED', () => ask('/health/live', { method: 'DELETE' })],
  'a body that is too large': [413, 'PAYLOAD_TOO_LARGE', () => post(`"${'x'.repeat(300_000)}"`)],
  'a form': [415, 'UNSUPPORTED_MEDIA_TYPE', () => post('query=x', 'application/x-www-form-urlencoded')],
  'a multipart form': [
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    () => ask('/graphql', { method: 'POST', body: new FormData() }),
  ],
  XML: [415, 'UNSUPPORTED_MEDIA_TYPE', () => post('<query/>', 'application/xml')],
  'no type that there is': [415, 'UNSUPPORTED_MEDIA_TYPE', () => post('{}', 'nonsense')],
  'broken JSON': [400, 'BAD_USER_INPUT', () => post('{"query": "{ viewer')],
  'an empty body': [400, 'BAD_USER_INPUT', () => post('')],
  'JSON that pollutes a prototype': [400, 'BAD_USER_INPUT', () => post('{"__proto__": {"x": 1}}')],
  'no query': [400, 'BAD_USER_INPUT', () => post('{}')],
  'compressed JSON': [
    400,
    'BAD_USER_INPUT',
    () => post(new Uint8Array(gzipSync('{"query": "{ version }"}'))),
  ],
  'a query of any page': [400, 'BAD_USER_INPUT', () => ask('/graphql?query={version}')],
  'a batch': [400, 'BAD_USER_INPUT', () => post('[{"query": "{ version }"}]')],
  'a path that cannot be decoded': [400, 'BAD_USER_INPUT', () => ask('/%E0%A4%A')],
  'what is no HTTP': [400, 'BAD_USER_INPUT', () => sendRaw('nonsense\r\n\r\n')],
  'two lengths': [
    400,
    'BAD_USER_INPUT',
    () => sendRaw('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'),
  ],
  'headers without end': [
    431,
    'BAD_USER_INPUT',
    () => sendRaw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
  ],
};

test.each(Object.entries(FAILURES))(
  '%s is answered in the shape of GraphQL',
  async (_what, [status, code, send]) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    const extensions = { code, requestId: expect.any(String) };
    expect(answer.body).toEqual({ errors: [{ message: expect.any(String), extensions }] });
    expect(JSON.stringify(answer.body)).not.toMatch(
      /fastify|FST_|apollo server|statusCode|node_modules|\.ts\b/i,
    );
  },
);

test('tells which methods a path has', async () => {
  const allowed = async (path: string, method: string) =>
    (await ask(path, { method })).headers.get('allow')?.split(', ').sort();
  expect(await allowed('/graphql', 'PUT')).toEqual(['GET', 'POST']);
  expect(await allowed('/graphql', 'HEAD')).toEqual(['GET', 'POST']);
  expect(await allowed('/schema.graphql', 'POST')).toEqual(['GET', 'HEAD']);
});

test.each([
  '/graphql',
  '/%67raphql',
  '/graph%71l?a=b',
  '/%67%72%61%70%68%71%6C',
  '/nowhere',
  '/%E0%A4%A',
  '/health/live',
])('no cache keeps the answer of %s', async (path) => {
  const { headers } = await ask(path, {
    method: 'GET',
    headers: { 'content-type': 'application/json' },
  });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('no cache keeps what the API answers, however its path is written', async () => {
  const { status, headers } = await ask('/%67raphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query": "{ version }"}',
  });
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
});
