import 'reflect-metadata';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { createConnection } from 'mysql2/promise';
import { startPrivateMariadb } from '../server/test/mysql/private-mariadb';
import { ADMINISTRATOR, seed } from './seed';
import { USERS_PAGE } from './users-page';

const USERS = 10_000;
const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;
const SECRET = 'a secret for benchmarks that is long enough';

/** Runs the service and the floor in turns on one database and prints the ratio of their medians. */
async function main(): Promise<void> {
  console.log(`users page: 50 of ${USERS} users, 8 fields and the role, ${CONNECTIONS} connections`);
  console.log('engine   bare req/s   rolecall req/s   ratio');
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    await compare('sqlite', `sqlite:${join(folder, 'bench.db')}`);
    await compareOnMariadb();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareOnMariadb(): Promise<void> {
  const server = await startPrivateMariadb();
  try {
    const connection = await createConnection(server.url);
    await connection.query('CREATE DATABASE bench');
    await connection.end();
    const url = new URL(server.url);
    url.pathname = '/bench';
    await compare('mariadb', url.href);
  } finally {
    await server.stop();
  }
}

async function compare(engine: string, databaseUrl: string): Promise<void> {
  const location = databaseUrl.startsWith('sqlite:')
    ? ({ engine: 'sqlite', file: databaseUrl.slice(7) } as const)
    : ({ engine: 'mysql', url: databaseUrl } as const);
  await seed(location, USERS);

  const rolecall = await startRolecall(databaseUrl);
  const bare = await startChild(
    ['-r', 'ts-node/register', join(__dirname, 'bare-server.ts'), databaseUrl],
    {},
  );
  try {
    const token = await signIn(rolecall.url);
    const rates = { bare: [] as number[], rolecall: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bare.push(await load(bare.url, ''));
      rates.rolecall.push(await load(`${rolecall.url}/graphql`, token));
    }
    const [floor, ours] = [median(rates.bare), median(rates.rolecall)];
    console.log(
      `${engine.padEnd(9)}${String(floor).padEnd(13)}${String(ours).padEnd(17)}${(ours / floor).toFixed(2)}`,
    );
  } finally {
    rolecall.child.kill('SIGTERM');
    bare.child.kill('SIGTERM');
    await Promise.all([once(rolecall.child, 'exit'), once(bare.child, 'exit')]);
  }
}

async function load(url: string, token: string): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: USERS_PAGE }),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were no 200.`);
  return Math.round(result.requests.average);
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
      variables: { input: ADMINISTRATOR },
    }),
  });
  const { data } = (await response.json()) as { data: { signIn: { session: { accessToken: string } } } };
  return data.signIn.session.accessToken;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

function startRolecall(databaseUrl: string): Promise<Started> {
  const main = join(__dirname, '../dist/server/main.js');
  return startChild([main], { DATABASE_URL: databaseUrl, PORT: '0', SECRET, NODE_ENV: 'production' });
}

/** Waits until the child prints the address at which it listens. */
async function startChild(nodeArguments: string[], environment: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, nodeArguments, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address) resolve(address);
    });
    child.on('exit', (code) => reject(new Error(`${nodeArguments.join(' ')} ended with ${code}.`)));
  });
  return { child, url };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
