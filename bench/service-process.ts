import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const SECRET = 'a secret for benchmarks that is long enough';

export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/**
 * The built service, as an operator starts it.
 * @param folder where it runs, and writes its mails
 */
export function startRolecall(
  databaseUrl: string,
  folder: string,
  environment: Record<string, string> = {},
): Promise<Started> {
  const main = join(__dirname, '../dist/server/main.js');
  // One session asks for what a thousand would.
  const free = { RATE_LIMIT: 'off', RATE_LIMIT_ANONYMOUS: 'off' };
  const settings = { DATABASE_URL: databaseUrl, PORT: '0', SECRET, NODE_ENV: 'production', ...free };
  return startChild([main], { ...settings, ...environment }, folder);
}

/** Waits until the child prints the address at which it listens. */
export async function startChild(
  nodeArguments: string[],
  environment: Record<string, string>,
  folder = process.cwd(),
): Promise<Started> {
  const child = spawn(process.execPath, nodeArguments, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (!address) return;
      // What it logs from here on is thrown away: to search it would cost more than the requests.
      child.stdout.off('data', read).resume();
      resolve(address);
    };
    child.stdout.on('data', read);
    child.on('exit', (code) => reject(new Error(`${nodeArguments.join(' ')} ended with ${code}.`)));
  });
  return { child, url };
}
