import libsql from 'libsql';
import type { DataSourceOptions } from 'typeorm';
import type { DatabaseLocation } from '../config/database-url';
import { migrations } from './migrations';
import { SnakeCaseNames } from './snake-case-names';
import { bindValuesAsList, type SqliteConnection } from './sqlite-connection';

export type Entities = (new () => object)[];

/** SQLite waits this long (ms) for another process, such as the command line, to finish its write. */
const BUSY_TIMEOUT = 5000;

/** How SQLite and MySQL are opened, by the service, the command line and the tests alike. */
export function dataSourceOptions(
  location: DatabaseLocation,
  entities: Entities,
  access: 'read-write' | 'read-only' = 'read-write',
): DataSourceOptions {
  const shared = {
    entities,
    migrations: access === 'read-write' ? migrations : [],
    migrationsTableName: 'migration',
    namingStrategy: new SnakeCaseNames(),
    logging: false as const,
  };
  if (location.engine === 'mysql') {
    return {
      ...shared,
      // The types differ only in how TypeORM compares the tables with the entities, which a test does.
      type: location.url.startsWith('mariadb:') ? 'mariadb' : 'mysql',
      url: location.url,
      charset: 'utf8mb4',
      timezone: 'Z',
      // Whether a count or a literal is a BIGINT differs between MariaDB and MySQL; either way it is a number.
      bigNumberStrings: false,
      poolSize: 20,
      // An object bound as a value becomes text; mysql2 would otherwise expand it to SQL, an injection.
      extra: { stringifyObjects: true, connectTimeout: 10_000 },
    };
  }
  return {
    ...shared,
    type: 'better-sqlite3',
    database: location.file,
    driver: libsql,
    enableWAL: access === 'read-write',
    timeout: BUSY_TIMEOUT,
    prepareDatabase: (connection: SqliteConnection) => {
      bindValuesAsList(connection);
      // FULL: an acknowledged write survives a power cut, also in WAL mode.
      connection.pragma('synchronous = FULL');
      if (access === 'read-only') connection.pragma('query_only = ON');
    },
  };
}
