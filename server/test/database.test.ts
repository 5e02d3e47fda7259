import { dataSourceOptions } from '../src/database/data-source';
import { select } from '../src/database/sql';
import { transaction } from '../src/database/transaction';
import { entities } from '../src/entities';
import { Organization } from '../src/organizations/organization.entity';
import { DataSource } from 'typeorm';
import { startService, type TestService } from './harness';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

const organization = (name: string) => ({
  name,
  features: [],
  administrationVersion: 0,
  createdAt: new Date(),
  updatedAt: new Date(),
});

/** The schema changes that TypeORM would still make. It reads the defaults correctly only when it knows that this is MariaDB. */
async function drift({ app, config }: TestService): Promise<string[]> {
  let location = config.database;
  if (location.engine === 'mysql') {
    const [row] = await select<{ version: string }>(app.database.reader, 'SELECT VERSION() AS version', []);
    const scheme = /mariadb/i.test(row!.version) ? 'mariadb:' : 'mysql:';
    location = { ...location, url: location.url.replace(/^mysql:/, scheme) };
  }
  const source = await new DataSource(dataSourceOptions(location, entities)).initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  return upQueries.map(({ query }) => query);
}

test('the migrations make exactly the tables that the entities describe', async () => {
  expect(await drift(service)).toEqual([]);
});

test('the migrations can be undone and done again', async () => {
  const other = await startService();
  const { writer } = other.app.database;
  for (const _ of writer.migrations) await writer.undoLastMigration();
  expect(await writer.createQueryRunner().hasTable('user')).toBe(false);
  await writer.runMigrations();
  expect(await drift(other)).toEqual([]);
});

test('an acknowledged write survives the rollback of another transaction at the same time', async () => {
  const { database } = service.app;
  const doomed = transaction(database, async (tx) => {
    await tx.insert(Organization, organization('doomed'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw new Error('rolled back');
  });
  const kept = transaction(database, (tx) => tx.insert(Organization, organization('kept')));
  await expect(doomed).rejects.toThrow('rolled back');
  await kept;
  expect(await database.reader.existsBy(Organization, { name: 'kept' })).toBe(true);
  expect(await database.reader.existsBy(Organization, { name: 'doomed' })).toBe(false);
});

test('a reader never sees what a transaction has not committed', async () => {
  const { database } = service.app;
  let seen: boolean | null = null;
  await transaction(database, async (tx) => {
    await tx.insert(Organization, organization('uncommitted'));
    seen = await database.reader.existsBy(Organization, { name: 'uncommitted' });
  });
  expect(seen).toBe(false);
  expect(await database.reader.existsBy(Organization, { name: 'uncommitted' })).toBe(true);
});

test('the data is in the database itself, not in the process', async () => {
  const { database } = service.app;
  await transaction(database, (tx) => tx.insert(Organization, organization('durable')));
  const other = new DataSource(dataSourceOptions(service.config.database, entities));
  await other.initialize();
  expect(await other.manager.existsBy(Organization, { name: 'durable' })).toBe(true);
  await other.destroy();
});

test('dates keep their milliseconds', async () => {
  const { database } = service.app;
  const at = new Date('2026-03-29T01:30:00.123Z');
  await transaction(database, (tx) => tx.insert(Organization, { ...organization('dated'), createdAt: at }));
  const found = await database.reader.findOneByOrFail(Organization, { name: 'dated' });
  expect(found.createdAt.toISOString()).toBe(at.toISOString());
});

test('a statement whose only value is null is carried out', async () => {
  const [row] = await select(service.app.database.reader, 'SELECT ? AS empty_value', [null]);
  expect(row).toEqual({ empty_value: null });
});

test('counts and whole numbers that no table holds come as numbers', async () => {
  const { reader } = service.app.database;
  const [row] = await select(
    reader,
    'SELECT 3 AS literal, COUNT(*) AS total, MAX(version) AS highest FROM user',
    [],
  );
  expect(row).toEqual({ literal: 3, total: 0, highest: null });
});
