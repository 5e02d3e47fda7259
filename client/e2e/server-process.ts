import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = resolve(__dirname, '../../dist/server/main.js');
const START_TIMEOUT_MS = 30_000;

export interface ServerProcess {
  /** For example http://127.0.0.1:41234. */
  url: string;
  /** Where mails become files. */
  mailFolder: string;
  /** @throws when the server did not end with exit code 0 */
  stop(): Promise<void>;
}

/** The built server with the demo organization in a data folder of its own. */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _database, SECRET: _secret, SMTP_URL: _smtp, ...environment } = process.env;
  const server = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    cwd: folder,
    env: {
      ...environment,
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  server.stdout.on('data', (text: Buffer) => (output += text.toString()));
  server.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);

  await untilReady(url, server, () => output);
  return {
    url,
    mailFolder: join(folder, 'data', 'mail'),
    stop: async () => {
      const code = await end(server);
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`The server ended with exit code ${code}.\n${output}`);
    },
  };
}

async function untilReady(url: string, server: ChildProcess, output: () => string) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (server.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`${url}/health/ready`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  server.kill('SIGKILL');
  throw new Error(`The server did not start.\n${output()}`);
}

async function end(server: ChildProcess) {
  if (server.exitCode !== null) return server.exitCode;
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  return ended;
}

async function freePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
