import 'reflect-metadata';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { onEachEngine, type BenchDatabase } from './databases';
import { median } from './median';
import { recordPageRequest } from './page-request';
import { ADMINISTRATOR, seed } from './seed';
import { startChild, startRolecall } from './service-process';
import { USERS_PAGE } from './users-page';

const USERS = 10_000;
const TURNS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;

/** Runs the baseline and the service with both documents in turns, and prints the ratios of their medians. */
async function compare({ engine, url, location, folder }: BenchDatabase): Promise<void> {
  await seed(location, USERS);
  const rolecall = await startRolecall(url, folder);
  const bare = await startChild(['-r', 'ts-node/register', join(__dirname, 'bare-server.ts'), url], {});
  try {
    const token = await signIn(rolecall.url);
    const graphql = `${rolecall.url}/graphql`;
    const plainBody = JSON.stringify({ query: USERS_PAGE });
    const pageBody = await recordPageRequest(graphql, token);
    const rates = { bare: [] as number[], plain: [] as number[], page: [] as number[] };
    for (let turn = 0; turn < TURNS; turn += 1) {
      rates.bare.push(await load(bare.url, '', plainBody));
      rates.plain.push(await load(graphql, token, plainBody));
      rates.page.push(await load(graphql, token, pageBody));
    }
    const baseline = median(rates.bare);
    const columns = [rates.plain, rates.page].map(median).map((rate) => {
      return `${String(rate).padEnd(14)}${(rate / baseline).toFixed(2).padEnd(8)}`;
    });
    console.log(`${engine.padEnd(9)}${String(baseline).padEnd(13)}${columns.join('')}`);
  } finally {
    rolecall.child.kill('SIGTERM');
    bare.child.kill('SIGTERM');
    await Promise.all([once(rolecall.child, 'exit'), once(bare.child, 'exit')]);
  }
}

async function load(url: string, token: string, body: string): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
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

console.log(
  `50 of ${USERS} users, ${CONNECTIONS} connections; plain: 8 fields and the role, page: what the page sends`,
);
console.log('engine   bare req/s   plain req/s   ratio   page req/s    ratio');
onEachEngine(compare).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
