import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

export interface PrivateMariadb {
  /** mysql://root@127.0.0.1:port/ without a database name. */
  url: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Waits for the end of its standard input, then ends the server and removes its folder. The pipe closes
 * however our process dies, even by SIGKILL, so no server is ever left behind.
 */
const GUARD = `
  folder=$1; shift
  exec 3<&0
  "$@" >"$folder/output.log" 2>&1 &
  server=$!
  { cat <&3 >/dev/null; kill -TERM $server 2>/dev/null; } &
  wait $server
  kill $! 2>/dev/null
  rm -rf "$folder"
`;

/** Starts an empty MariaDB server in a temporary folder; durable it is not, quick it is. */
export async function startPrivateMariadb(): Promise<PrivateMariadb> {
  const server = findProgram('mariadbd');
  const installer = findProgram('mariadb-install-db');
  if (!server || !installer) {
    throw new Error(
      'mariadbd is not installed. Install MariaDB server (Debian/Ubuntu: apt-get install mariadb-server; ' +
        'macOS: brew install mariadb) or set TEST_DATABASE_URL=mysql://user:password@host:3306/',
    );
  }

  const folder = mkdtempSync(join(tmpdir(), 'rolecall-mariadb-'));
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  try {
    installSystemTables(installer, folder, asRoot);
    const port = await freePort();
    const guard = spawn(
      '/bin/sh',
      ['-c', GUARD, 'guard', folder, server, ...serverOptions(folder, port), ...asRoot],
      // A process group of its own: a Ctrl-C in the terminal reaches the server through us, in order.
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    guard.unref();
    const url = `mysql://root@127.0.0.1:${port}/`;
    await untilReady(url, guard, folder);
    return { url, stop: () => stop(guard) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function installSystemTables(installer: string, folder: string, asRoot: string[]) {
  const result = spawnSync(
    installer,
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asRoot,
    ],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) {
    throw new Error(`mariadb-install-db failed:\n${result.stdout}${result.stderr}`, { cause: result.error });
  }
}

function serverOptions(folder: string, port: number) {
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'mariadb.sock')}`,
    `--pid-file=${join(folder, 'mariadb.pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--performance-schema=OFF',
    '--max-connections=300',
    '--innodb-buffer-pool-size=128M',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--innodb-fast-shutdown=2',
  ];
}

async function untilReady(url: string, guard: ChildProcess, folder: string) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (cause) {
      const ended = guard.exitCode !== null || guard.signalCode !== null;
      if (ended || Date.now() > deadline) {
        const log = join(folder, 'output.log');
        const output = existsSync(log) ? readFileSync(log, 'utf8') : '';
        guard.stdin?.destroy();
        throw new Error(`mariadbd did not start.\n${output}`, { cause });
      }
      await sleep(100);
    }
  }
}

async function stop(guard: ChildProcess) {
  if (guard.exitCode !== null || guard.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  guard.ref();
  guard.stdin?.end();
  await ended;
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

async function freePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
