import Libsql from 'libsql';
import { select } from '../../src/database/sql';
import { transaction } from '../../src/database/transaction';
import { Organization } from '../../src/organizations/organization.entity';
import { buildOrganization, buildPerson, type Person } from '../builders';
import { startService, type TestService } from '../harness';

let service: TestService;
let administrator: Person;
/** As another process has the file open. */
let other: InstanceType<typeof Libsql>;

beforeEach(async () => {
  service = await startService();
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
  other = new Libsql((service.config.database as { file: string }).file, { timeout: 0 });
});
afterEach(async () => {
  other.close();
  await service.stop();
});

const organization = (name: string) => ({
  name,
  features: [],
  administrationVersion: 0,
  createdAt: new Date(),
  updatedAt: new Date(),
});

const UPDATE = `mutation ($input: UpdateUserInput!) {
  updateUser(input: $input) { user { firstName } userErrors { code } }
}`;

const rename = (firstName: string) =>
  service.graphql(UPDATE, { input: { id: administrator.id, firstName } }, { token: administrator.token });

/** Takes the right to write, which is free in between the writes of the service. */
async function lock(): Promise<void> {
  await service.app.database.lastWrite;
  other.exec('BEGIN IMMEDIATE');
}

const statusOf = async (path: string) => (await fetch(new URL(path, service.url))).status;

test('another process that writes between the read and the write of a transaction has to wait', async () => {
  const { database } = service.app;
  await transaction(database, async (tx) => {
    await tx.count(Organization);
    expect(() => other.exec("UPDATE organization SET name = 'theirs'")).toThrow('locked');
    await tx.insert(Organization, organization('ours'));
  });
  other.exec("UPDATE organization SET name = 'theirs' WHERE name = 'Acme'");
  expect(await select(database.reader, 'SELECT name FROM organization ORDER BY id', [])).toEqual([
    { name: 'theirs' },
    { name: 'ours' },
  ]);
});

test('while another process keeps the file the service answers, is not ready, and writes later', async () => {
  await lock();
  const renamed = rename('Later');
  expect(await statusOf('/health/live')).toBe(200);
  expect(await statusOf('/health/ready')).toBe(503);
  const { data } = await service.graphql(
    '{ viewer { user { firstName } } }',
    {},
    { token: administrator.token },
  );
  expect(data.viewer.user).toEqual({ firstName: 'Sam' });
  other.exec('COMMIT');
  expect((await renamed).data.updateUser).toEqual({ user: { firstName: 'Later' }, userErrors: [] });
  expect(await statusOf('/health/ready')).toBe(200);
});

test('a write that gets no turn is answered with 503, and the next one works', async () => {
  await lock();
  const { status, headers, errors } = await rename('Never');
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
  expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'OVERLOADED' } })]);
  other.exec('ROLLBACK');
  expect((await rename('Next')).data.updateUser.user).toEqual({ firstName: 'Next' });
});

test('a connection that is stuck with an old view of the data is opened anew', async () => {
  const { writer } = service.app.database;
  await service.app.database.lastWrite;
  // As transactions began once: another process writes between the read and the write.
  await writer.query('BEGIN DEFERRED');
  await writer.query('SELECT * FROM organization');
  other.exec("UPDATE organization SET name = 'theirs'");
  await expect(writer.query("UPDATE organization SET name = 'ours'")).rejects.toMatchObject({
    code: 'SQLITE_BUSY_SNAPSHOT',
  });
  await writer.query('ROLLBACK');
  for (const name of ['First', 'Second', 'Third']) {
    other.exec(`UPDATE organization SET name = '${name}'`);
    expect((await rename(name)).data.updateUser).toEqual({ user: { firstName: name }, userErrors: [] });
  }
  expect(await writer.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  expect(await writer.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
});

test('after the disk was full writes go on', async () => {
  const { database } = service.app;
  const pages = await database.writer.query('PRAGMA page_count');
  await database.writer.query(`PRAGMA max_page_count = ${pages[0].page_count}`);
  const fill = async () => {
    for (let row = 0; row < 200; row += 1) {
      await transaction(database, (tx) => tx.insert(Organization, organization('x'.repeat(200))));
    }
  };
  await expect(fill()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await transaction(database, (tx) => tx.insert(Organization, organization('afterwards')));
  expect(await database.reader.existsBy(Organization, { name: 'afterwards' })).toBe(true);
});

test('a file that may only be read makes the service unready, and nothing else', async () => {
  await service.app.database.lastWrite;
  await service.app.database.writer.query('PRAGMA query_only = ON');
  expect(await statusOf('/health/live')).toBe(200);
  expect(await statusOf('/health/ready')).toBe(503);
});
