import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { buildOrganization, buildPerson, buildUser, type Person } from './builders';
import { startService, type TestService } from './harness';

/** What the admin page asks for. */
const { definitions } = parse(readFileSync(join(__dirname, '../../client/src/users/users.graphql'), 'utf8'));
const DOCUMENT = definitions
  .filter((one) => 'name' in one && ['Users', 'UserRow'].includes(one.name?.value ?? ''))
  .map((one) => print(one))
  .join('\n');
const NAMES = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Niklaus', 'Radia', 'Ken', 'Jean'];
const SURNAMES = ['Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Wirth', 'Perlman', 'Bartik'];
const ROWS = 100;

let service: TestService;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  const organization = await buildOrganization(service);
  administrator = await buildPerson(service, organization, 'administrator');
  for (let row = 0; row < ROWS; row += 1) {
    const firstName = NAMES[row % NAMES.length]!;
    const lastName = SURNAMES[row % SURNAMES.length]!;
    await buildUser(service, organization, {
      firstName,
      lastName,
      username: `${firstName}.${lastName}.${row}@example.com`.toLowerCase(),
      phone: `+1 202 555 ${String(1000 + ((row * 7919) % 9000))}`,
    });
  }
});

interface Answer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Unlike fetch, which undoes what the service has done. */
function ask(acceptEncoding: string | null, body: object | null, path = '/graphql'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${administrator.token}`,
      ...(acceptEncoding === null ? {} : { 'accept-encoding': acceptEncoding }),
    };
    const url = new URL(path, service.url);
    const call = request(url, { method: body ? 'POST' : 'GET', headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, bytes: Buffer.concat(chunks) }));
    });
    call.on('error', reject).end(body ? JSON.stringify(body) : undefined);
  });
}

const PAGE = { query: DOCUMENT, variables: { first: ROWS } };

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('the page of users has a fifth of its size with %s', async (encoding, decompress) => {
  const plain = await ask(null, PAGE);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(JSON.parse(plain.bytes.toString()).data.users.nodes).toHaveLength(ROWS);
  const { headers, bytes } = await ask(encoding, PAGE);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-length']).toBe(String(bytes.length));
  expect(decompress(bytes).equals(plain.bytes)).toBe(true);
  expect(plain.bytes.length / bytes.length).toBeGreaterThan(5);
});

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, gzip;q=0', undefined],
  ['deflate', undefined],
  ['identity', undefined],
  ['nonsense;;;q=x', undefined],
])('a client that takes %s gets %s', async (accepted, encoding) => {
  const { headers } = await ask(accepted, PAGE);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers.vary).toContain('Accept-Encoding');
});

test('what is small is sent as it is', async () => {
  const { headers, bytes } = await ask('br', { query: '{ version }' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(JSON.parse(bytes.toString())).toMatchObject({ data: { version: expect.any(String) } });
});

test('the schema is compressed as well', async () => {
  const schema = await ask('br', null, '/schema.graphql');
  expect(schema.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(schema.bytes).toString()).toContain('type Query');
});
