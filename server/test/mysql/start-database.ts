import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { startPrivateDatabase } from './private-database';
import type { PrivateServer } from './private-server';

declare global {
  /** Set-up and tear-down are modules of their own to jest; the global object is what they share. */
  var privateServer: PrivateServer | undefined;
}

/** EX_UNAVAILABLE of sysexits.h: nothing was tested, because there is no server to test on. */
const NO_SERVER = 69;

/** The workers start later and inherit TEST_DATABASE_URL. */
export default async function startDatabase() {
  try {
    if (!process.env.TEST_DATABASE_URL) {
      globalThis.privateServer = await startPrivateDatabase();
      process.env.TEST_DATABASE_URL = globalThis.privateServer.url;
    }
    console.log(`The database server is ${await versionOf(process.env.TEST_DATABASE_URL)}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(NO_SERVER);
  }
}

async function versionOf(url: string): Promise<string> {
  const connection = await createConnection(url);
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT VERSION() AS version, @@version_comment AS edition',
  );
  await connection.end();
  const { version, edition } = rows[0] as { version: string; edition: string };
  return `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${version} ${edition}`;
}
