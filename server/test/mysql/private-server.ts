import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

export interface PrivateServer {
  /** mysql://root@127.0.0.1:port/ without a database name. */
  url: string;
  /** Keeps all that is connected, and answers nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** What MariaDB and MySQL do each in their own way. */
export interface ServerProgram {
  /** The new folder of the server is made in this one. */
  readonly parent: string;
  /** The server sees this folder as `/`. */
  readonly root?: string;
  /** Writes the system tables into a folder of this path, as the server sees it. */
  installCommand(data: string): readonly string[];
  readonly serverCommand: readonly string[];
}

const START_TIMEOUT_MS = 60_000;

/**
 * Waits for the end of its standard input, then ends the server and removes its folder. The pipe closes
 * however our process dies, even by SIGKILL, so no server is ever left behind. What a server that crashed
 * wrote goes to standard error.
 */
const GUARD = `
  folder=$1; shift
  exec 3<&0
  "$@" >"$folder/output.log" 2>&1 &
  server=$!
  { cat <&3 >/dev/null; kill -TERM $server 2>/dev/null; } &
  wait $server || tail -n 100 "$folder/output.log" >&2
  kill $! 2>/dev/null
  rm -rf "$folder"
`;

/**
 * Starts an empty server in a folder of its own; durable it is not, quick it is.
 * @param options of the command line, beside our own
 */
export async function startPrivateServer(
  program: ServerProgram,
  options: readonly string[] = [],
): Promise<PrivateServer> {
  const folder = mkdtempSync(join(program.parent, 'rolecall-server-'));
  const seenFolder = program.root ? `/${relative(program.root, folder)}` : folder;
  // A server that starts removes every temporary table in its folder for them, also those of other servers,
  // which crash (MariaDB 10.11).
  const env = { ...process.env, TMPDIR: seenFolder };
  try {
    installSystemTables(program.installCommand(join(seenFolder, 'data')), env);
    const port = await freePort();
    const command = [...program.serverCommand, ...serverOptions(seenFolder, port), ...asRoot(), ...options];
    const guard = spawn(
      '/bin/sh',
      ['-c', GUARD, 'guard', folder, ...command],
      // A process group of its own: a Ctrl-C in the terminal reaches the server through us, in order.
      { detached: true, env, stdio: ['pipe', 'ignore', 'inherit'] },
    );
    guard.unref();
    const url = `mysql://root@127.0.0.1:${port}/`;
    await untilReady(url, guard, folder);
    const signal = (name: NodeJS.Signals) =>
      process.kill(Number(readFileSync(join(folder, 'server.pid'), 'utf8')), name);
    return {
      url,
      freeze: () => signal('SIGSTOP'),
      thaw: () => signal('SIGCONT'),
      stop: () => {
        // A frozen server would not end.
        signal('SIGCONT');
        return stop(guard);
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Both servers refuse to run as root unless they are told to. */
export function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

function installSystemTables([command, ...args]: readonly string[], env: NodeJS.ProcessEnv) {
  const result = spawnSync(command!, args, { encoding: 'utf8', env });
  if (result.status !== 0) {
    throw new Error(`${command} failed:\n${result.stdout}${result.stderr}`, { cause: result.error });
  }
}

function serverOptions(folder: string, port: number) {
  return [
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'server.sock')}`,
    `--pid-file=${join(folder, 'server.pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--max-connections=300',
    '--innodb-buffer-pool-size=128M',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=OFF',
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
        throw new Error(`The database server does not answer (${String(cause)}).\n${output}`, { cause });
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

async function freePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
