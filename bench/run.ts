import 'reflect-metadata';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { onEachEngine, type BenchDatabase } from './databases';
import { median } from './median';
import { ADMINISTRATOR, seed } from './seed';
import { startChild, startRolecall } from './service-process';
import { USERS_PAGE } from './users-page';

const USERS = 10_000;
const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;

/** Runs the service and the floor in turns on one database and prints the ratio of their medians. */
async function compare({ engine, url, location, folder }: BenchDatabase): Promise<void> {
  await seed(location, USERS);
  const rolecall = await startRolecall(url, folder);
  const bare = await startChild(['-r', 'ts-node/register', join(__dirname, 'bare-server.ts'), url], {});
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

console.log(`users page: 50 of ${USERS} users, 8 fields and the role, ${CONNECTIONS} connections`);
console.log('engine   bare req/s   rolecall req/s   ratio');
onEachEngine(compare).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
