import { createConnection } from 'mysql2/promise';
import { isMysql, startPrivateDatabase } from './private-database';
import type { PrivateServer } from './private-server';

/** What every session of an account begins with, beside the defaults of the server. */
const INIT_CONNECT = [
  'SET autocommit = 0, sql_select_limit = 1, sql_auto_is_null = 1, sql_safe_updates = 1, unique_checks = 0',
  "SET foreign_key_checks = 0, max_sort_length = 64, time_zone = '-08:00', completion_type = 'CHAIN'",
  'SET NAMES latin1',
  'SET SESSION TRANSACTION READ ONLY',
];

const SQL_MODE =
  'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,HIGH_NOT_PRECEDENCE,NO_AUTO_VALUE_ON_ZERO,IGNORE_SPACE,' +
  'REAL_AS_FLOAT,NO_UNSIGNED_SUBTRACTION';

/** A server on which nothing is as we want it. */
export const HOSTILE = [
  `--sql-mode=${SQL_MODE}`,
  '--character-set-server=latin1',
  '--collation-server=latin1_german1_ci',
  '--default-time-zone=-08:00',
  '--transaction-isolation=READ-UNCOMMITTED',
  '--completion-type=CHAIN',
  '--default-storage-engine=MyISAM',
  '--max-allowed-packet=1M',
  '--max-prepared-stmt-count=400',
  `--init-connect=${INIT_CONNECT.join('; ')}`,
  // MySQL no longer has the first and the last, and takes the second only with its first start.
  ...(isMysql
    ? []
    : ['--character-set-client-handshake=0', '--lower-case-table-names=1', '--lc-messages=de_DE']),
];

const PASSWORD = `it's "\\% of @:/?#`;

export interface HostileServer extends PrivateServer {
  /** The URL of an account, which `init_connect` is carried out for, with a database of its own. */
  accountUrl(database: string): Promise<string>;
}

export async function startHostileServer(options: readonly string[] = []): Promise<HostileServer> {
  const server = await startPrivateDatabase([...HOSTILE, ...options]);
  const statements = async (...all: string[]) => {
    const root = await createConnection(server.url);
    await root.query("SET sql_mode = '', SESSION completion_type = 0");
    for (const statement of all) await root.query(statement);
    await root.end();
  };
  await statements(`CREATE USER app IDENTIFIED BY '${PASSWORD.replace(/['\\]/g, '\\$&')}'`);
  return {
    ...server,
    accountUrl: async (database) => {
      await statements(
        `CREATE DATABASE ${database} CHARACTER SET latin1`,
        `GRANT ALL PRIVILEGES ON ${database}.* TO app`,
      );
      const url = new URL(`/${database}`, server.url);
      url.username = 'app';
      url.password = encodeURIComponent(PASSWORD);
      return url.href;
    },
  };
}
