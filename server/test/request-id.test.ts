import { request } from 'node:http';
import { connect } from 'node:net';
import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';

let service: TestService;
let administrator: Person;
let log: string[] = [];

beforeAll(async () => {
  service = await startService({ logLevel: 'info' }, { log: { write: (line) => void log.push(line) } });
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
});
beforeEach(() => {
  log = [];
});

const OURS = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const JSON_TYPE = { 'content-type': 'application/json' };

const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init);
const post = (body: string, headers: Record<string, string> = {}) =>
  ask('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

test.each<[what: string, status: number, send: () => Promise<Response>]>([
  ['an answer of the API', 200, () => post('{"query": "{ version }"}')],
  ['a refusal', 400, () => post('{"query": "{"}')],
  ['a body that is no JSON', 400, () => post('{')],
  ['a body that is too long', 413, () => post(`"${'x'.repeat(300_000)}"`)],
  ['a form', 415, () => ask('/graphql', { method: 'POST', body: new FormData() })],
  ['a query of any page', 400, () => ask('/graphql?query={version}')],
  ['another method', 405, () => ask('/graphql', { method: 'PUT' })],
  ['an unknown path', 404, () => ask('/nowhere')],
  ['a path that cannot be decoded', 400, () => ask('/%E0%A4%A')],
  ['a health check', 200, () => ask('/health/live')],
  ['the schema', 200, () => ask('/schema.graphql')],
])('%s has an id', async (_what, status, send) => {
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-request-id')).toMatch(OURS);
});

test('so has the answer to what is no HTTP', async () => {
  const { hostname, port } = new URL(service.url);
  const answer = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write('nonsense\r\n\r\n'));
    socket.on('data', (data) => (received += String(data)));
    socket.on('error', reject).on('close', () => resolve(received));
  });
  const [, id = ''] = /^x-request-id: (.+)\r$/im.exec(answer) ?? [];
  expect(id).toMatch(OURS);
  expect(answer).toContain(`"requestId":"${id}"`);
});

test.each<[what: string, send: () => Promise<Response>]>([
  ['a document that makes no sense', () => post('{"query": "{ nothing }"}')],
  ['a document that cannot be parsed', () => post('{"query": "{"}')],
  [
    'variables that do not fit',
    () => post('{"query": "query ($n: Int!) { users(first: $n) { totalCount } }"}'),
  ],
  ['a field that is refused', () => post('{"query": "{ users { totalCount } }"}')],
  ['a batch', () => post('[]')],
  ['a request that any page can make', () => ask('/graphql?query={version}')],
  ['an unknown path', () => ask('/nowhere')],
])('its errors tell the same: %s', async (_what, send) => {
  const answer = await send();
  const { errors } = (await answer.json()) as { errors: { extensions: { requestId: string } }[] };
  expect(errors.length).toBeGreaterThan(0);
  for (const { extensions } of errors) {
    expect(extensions.requestId).toBe(answer.headers.get('x-request-id'));
  }
});

test.each(['a', '0-_.Z', 'x'.repeat(128), '4bf92f3577b34da6a3ce929d0e0e4736'])(
  'an id that comes along is taken: %s',
  async (id) => {
    const answer = await post('{"query": "{ users { totalCount } }"}', { 'x-request-id': id });
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { requestId: id } }] });
  },
);

test.each(['', ' ', 'x'.repeat(129), 'a b', 'a,b', 'a"b', '<script>', 'a/b', 'ä', 'a;b=c', '${jndi:x}'])(
  'one that makes no sense is replaced: %s',
  async (id) => {
    const { headers } = await post('{"query": "{ version }"}', { 'x-request-id': id });
    expect(headers.get('x-request-id')).toMatch(OURS);
  },
);

test('two that come along are none', async () => {
  const id = await new Promise<unknown>((resolve, reject) => {
    const url = new URL('/health/live', service.url);
    const call = request(url, { headers: { 'x-request-id': ['first', 'second'] } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.headers['x-request-id']));
    });
    call.on('error', reject).end();
  });
  expect(id).toMatch(OURS);
});

test('every line of the log about a request has its id', async () => {
  await post('{"query": "{ version }"}', { 'x-request-id': 'a.b' });
  const about = log.map((line) => JSON.parse(line) as { reqId?: string; msg: string });
  expect(about.map(({ msg }) => msg)).toEqual(['incoming request', 'request completed']);
  for (const { reqId } of about) expect(reqId).toBe('a.b');
});

test('so has the line about a failure that nobody foresaw', async () => {
  const { reader } = service.app.database;
  const failing = jest.spyOn(reader, 'query').mockRejectedValue(new Error('out of order'));
  const answer = await post('{"query": "{ viewer { user { id } } }"}', {
    'x-request-id': 'it-failed',
    authorization: `Bearer ${administrator.token}`,
  });
  failing.mockRestore();
  expect(await answer.json()).toMatchObject({
    errors: [{ extensions: { code: 'INTERNAL', requestId: 'it-failed' } }],
  });
  const failures = log
    .map((line) => JSON.parse(line) as { level: number; reqId?: string })
    .filter(({ level }) => level >= 50);
  expect(failures).not.toEqual([]);
  for (const { reqId } of failures) expect(reqId).toBe('it-failed');
});

test('the audit log keeps the id that came along, whole', async () => {
  const id = 'i'.repeat(128);
  const rename = 'mutation { updateProfile(input: { firstName: "Zoe" }) { userErrors { code } } }';
  const { errors, data } = await service.graphql(
    rename,
    {},
    {
      token: administrator.token,
      headers: { 'x-request-id': id },
    },
  );
  expect({ errors, data }).toEqual({ errors: undefined, data: { updateProfile: { userErrors: [] } } });
  expect((await rowsOf(service, 'audit_event')).at(-1)).toMatchObject({ request_id: id });
});
