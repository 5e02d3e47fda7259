import { startPrivateMariadb, type PrivateMariadb } from './private-mariadb';

declare global {
  /** Set-up and tear-down are modules of their own to jest; the global object is what they share. */
  var privateMariadb: PrivateMariadb | undefined;
}

/** The workers start later and inherit TEST_DATABASE_URL. */
export default async function startDatabase() {
  if (process.env.TEST_DATABASE_URL) return;
  try {
    globalThis.privateMariadb = await startPrivateMariadb();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  process.env.TEST_DATABASE_URL = globalThis.privateMariadb.url;
}
