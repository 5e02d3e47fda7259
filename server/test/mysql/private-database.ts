import { startPrivateMariadb } from './private-mariadb';
import { startPrivateMysql } from './private-mysql';
import type { PrivateServer } from './private-server';

const { TEST_MYSQLD, TEST_MYSQLD_ROOT } = process.env;

/** Whether it is MySQL that the tests run on; otherwise it is MariaDB. */
export const isMysql = Boolean(TEST_MYSQLD);

/**
 * Starts an empty server of the kind that the tests run on.
 * @param options of the command line, beside our own
 */
export function startPrivateDatabase(options: readonly string[] = []): Promise<PrivateServer> {
  return TEST_MYSQLD
    ? startPrivateMysql(TEST_MYSQLD, TEST_MYSQLD_ROOT, options)
    : startPrivateMariadb(options);
}
