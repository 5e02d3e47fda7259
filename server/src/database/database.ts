import { DataSource, type EntityManager } from 'typeorm';
import type { DatabaseLocation } from '../config/database-url';
import { closeToOthers } from './sqlite-files';
import { dataSourceOptions, type Entities } from './data-source';
import { sqliteConnectionOf } from './sqlite-connection';

export type Engine = DatabaseLocation['engine'];

/**
 * The database as features use it. Reads go through `reader`, which only ever sees committed data;
 * writes go through `transaction(database, …)`.
 */
export interface Database {
  readonly engine: Engine;
  readonly reader: EntityManager;
  readonly writer: DataSource;
  /** SQLite only: resolves when the writes queued so far are done. */
  lastWrite: Promise<unknown>;
  close(): Promise<void>;
}

/** Milliseconds. In WAL mode a reader waits only while another process opens the file after a crash. */
const READER_PATIENCE = 250;

/** Opens the database and brings its tables up to date. */
export async function openDatabase(location: DatabaseLocation, entities: Entities): Promise<Database> {
  if (location.engine === 'sqlite') closeToOthers(location.file);
  const writer = new DataSource(dataSourceOptions(location, entities));
  await writer.initialize();
  try {
    await writer.runMigrations({ transaction: 'each' });
    // From here on `transaction` waits: inside SQLite the whole process would.
    if (location.engine === 'sqlite') sqliteConnectionOf(writer).pragma('busy_timeout = 0');
    const reader = location.engine === 'sqlite' ? await openReader(location, entities) : writer;
    return {
      engine: location.engine,
      reader: reader.manager,
      writer,
      lastWrite: Promise.resolve(),
      close: async () => {
        if (reader !== writer) await reader.destroy();
        await writer.destroy();
      },
    };
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

/**
 * TypeORM has one connection per SQLite data source: a read on the writer's would run inside
 * whatever transaction is open and see rows that may yet be rolled back.
 */
async function openReader(location: DatabaseLocation, entities: Entities): Promise<DataSource> {
  const reader = await new DataSource(dataSourceOptions(location, entities, 'read-only')).initialize();
  sqliteConnectionOf(reader).pragma(`busy_timeout = ${READER_PATIENCE}`);
  return reader;
}
