import { isIP } from 'node:net';
import type { DataSourceOptions } from 'typeorm';
import { parseDatabaseServer } from '../config/database-server';
import type { DatabaseLocation } from '../config/database-url';
import { addressedSocket } from './addressed-socket';
import { migrations } from './migrations';
import { mysqlDriver } from './mysql-pool';
import { SnakeCaseNames } from './snake-case-names';
import { RenewableConnection } from './sqlite-connection';

export type Entities = (new () => object)[];

/** While it is being opened SQLite waits this long (ms) for another process, such as the command line. */
const BUSY_TIMEOUT = 5000;

/** Milliseconds for all of connecting to a server. */
const CONNECT_TIMEOUT = 10_000;

/** Milliseconds without traffic until a connection is tried: one whose server is gone is noticed. */
const KEEP_ALIVE_DELAY = 10_000;

const POOL_SIZE = 20;

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
    const { host, port, username, password, database, tls } = parseDatabaseServer(location.url);
    return {
      ...shared,
      // The types differ only in how TypeORM compares the tables with the entities, which a test does.
      type: location.url.startsWith('mariadb:') ? 'mariadb' : 'mysql',
      driver: mysqlDriver,
      host,
      port,
      username,
      password,
      database,
      ssl: tls ?? undefined,
      charset: 'utf8mb4',
      timezone: 'Z',
      // Whether a count or a literal is a BIGINT differs between MariaDB and MySQL; either way it is a number.
      bigNumberStrings: false,
      poolSize: location.poolSize ?? POOL_SIZE,
      extra: {
        connectTimeout: CONNECT_TIMEOUT,
        keepAliveInitialDelay: KEEP_ALIVE_DELAY,
        ...(tls?.verifyIdentity && isIP(host)
          ? { stream: () => addressedSocket(host, port, KEEP_ALIVE_DELAY) }
          : {}),
      },
    };
  }
  return {
    ...shared,
    type: 'better-sqlite3',
    database: location.file,
    driver: RenewableConnection,
    enableWAL: access === 'read-write',
    timeout: BUSY_TIMEOUT,
    prepareDatabase: (connection: RenewableConnection) => {
      // FULL: an acknowledged write survives a power cut, also in WAL mode.
      connection.pragma('synchronous = FULL');
      if (access === 'read-only') connection.pragma('query_only = ON');
    },
  };
}
