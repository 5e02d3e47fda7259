import { once } from 'node:events';
import { createConnection } from 'mysql2/promise';
import { transaction } from '../../src/database/transaction';
import { buildOrganization, buildPerson, type Person } from '../builders';
import { startService, type TestService } from '../harness';
import { startPrivateDatabase } from './private-database';
import type { PrivateServer } from './private-server';

jest.setTimeout(180_000);

let server: PrivateServer;
let service: TestService;
let person: Person;

beforeAll(async () => {
  server = await startPrivateDatabase();
  const root = await createConnection(server.url);
  await root.query('CREATE DATABASE shared');
  await root.query("CREATE USER crowded IDENTIFIED BY 'Secret-1' WITH MAX_USER_CONNECTIONS 4");
  await root.query('GRANT ALL PRIVILEGES ON shared.* TO crowded');
  await root.end();
  service = await serviceOf('root', 2);
  person = await buildPerson(service, await buildOrganization(service), 'administrator');
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

function serviceOf(account: 'root' | 'crowded', poolSize: number): Promise<TestService> {
  const url = new URL('/shared', server.url);
  if (account === 'crowded') Object.assign(url, { username: account, password: 'Secret-1' });
  return startService({ database: { engine: 'mysql', url: url.href, poolSize } });
}

const ask = (asked: TestService) => asked.graphql('{ viewer { user { firstName } } }', {}, person);
const VIEWER = { viewer: { user: { firstName: 'Sam' } } };

/** Transactions that hold this many connections until they are told to end. */
async function hold(count: number): Promise<{ end(): Promise<unknown> }> {
  const ending = new AbortController();
  const ended = once(ending.signal, 'abort');
  const held = Array.from({ length: count }, () => {
    let done: Promise<unknown> = Promise.resolve();
    const begun = new Promise<void>((resolve) => {
      done = transaction(service.app.database, async (tx) => {
        await tx.query('SELECT 1');
        resolve();
        await ended;
      });
    });
    return { begun, done };
  });
  await Promise.all(held.map(({ begun }) => begun));
  return {
    end: () => {
      ending.abort();
      return Promise.all(held.map(({ done }) => done));
    },
  };
}

test('a request waits for a connection to become free', async () => {
  const holding = await hold(2);
  const asked = ask(service);
  await service.graphql('{ __typename }');
  await holding.end();
  expect((await asked).data).toEqual(VIEWER);
});

test('a request that gets no connection is answered with 503, and the next one works', async () => {
  const holding = await hold(2);
  const { status, headers, errors } = await ask(service);
  await holding.end();
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['OVERLOADED']);
  expect((await ask(service)).data).toEqual(VIEWER);
});

test('many requests at once need no more connections than the pool has', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(service)));
  for (const { data } of answers) expect(data).toEqual(VIEWER);
  const root = await createConnection(server.url);
  const [rows] = await root.query("SELECT id FROM information_schema.processlist WHERE db = 'shared'");
  await root.end();
  expect((rows as unknown[]).length).toBeLessThanOrEqual(2);
});

test('a server that allows fewer connections than the pool has lets requests wait', async () => {
  const crowded = await serviceOf('crowded', 20);
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(crowded)));
  for (const { data, errors } of answers) expect(data ?? errors).toEqual(VIEWER);
  expect((await fetch(new URL('/health/ready', crowded.url))).status).toBe(200);
  await crowded.stop();
});

test('while the server hangs the service lives, and says that it is not ready', async () => {
  const statusOf = async (path: string) =>
    (await fetch(new URL(path, service.url), { signal: AbortSignal.timeout(20_000) })).status;
  expect(await statusOf('/health/ready')).toBe(200);
  server.freeze();
  try {
    for (let time = 0; time < 3; time += 1) expect(await statusOf('/health/ready')).toBe(503);
    expect(await statusOf('/health/live')).toBe(200);
  } finally {
    server.thaw();
  }
  expect((await ask(service)).data).toEqual(VIEWER);
  expect(await statusOf('/health/ready')).toBe(200);
});

test('connections that the server has ended are replaced unnoticed', async () => {
  await Promise.all([ask(service), ask(service)]);
  const root = await createConnection(server.url);
  const [rows] = await root.query("SELECT id FROM information_schema.processlist WHERE db = 'shared'");
  for (const { id } of rows as { id: number }[]) await root.query(`KILL ${id}`);
  await root.end();
  const answers = await Promise.all([ask(service), ask(service), ask(service)]);
  for (const { data } of answers) expect(data).toEqual(VIEWER);
});
