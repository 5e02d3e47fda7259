import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { asRoot, startPrivateServer, type PrivateServer } from './private-server';

/**
 * Starts an empty MariaDB server, which must be installed, but need not run.
 * @param options of the command line, beside our own
 */
export async function startPrivateMariadb(options: readonly string[] = []): Promise<PrivateServer> {
  const server = findProgram('mariadbd');
  const installer = findProgram('mariadb-install-db');
  if (!server || !installer) {
    throw new Error(
      'mariadbd is not installed. Install MariaDB server (Debian/Ubuntu: apt-get install mariadb-server; ' +
        'macOS: brew install mariadb) or set TEST_DATABASE_URL=mysql://user:password@host:3306/',
    );
  }
  const program = {
    parent: tmpdir(),
    installCommand: (data: string) => [
      installer,
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asRoot(),
    ],
    serverCommand: [server, '--no-defaults', '--skip-name-resolve'],
  };
  return startPrivateServer(program, options);
}

/** Debian keeps the server in /usr/sbin, which is not on every user's PATH. */
function findProgram(name: string) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/local/bin',
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
