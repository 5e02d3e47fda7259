import 'reflect-metadata';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon, { type Client } from 'autocannon';
import { onEachEngine, type BenchDatabase } from './databases';
import { median } from './median';
import { ADMINISTRATOR, seed } from './seed';
import { startRolecall } from './service-process';
import { PASSWORD, seedAccounts, usernameOf } from './sign-in-accounts';
import { USERS_PAGE } from './users-page';

const USERS = 1000;
const ACCOUNTS = 400;
const SECONDS = 10;
const CONCURRENCIES = [1, 2, 4, 8, 16];
/** How many times as many sign-ins as the service can carry. */
const FLOOD = 10;
/** As many as a proxy keeps open to an instance. */
const CONNECTIONS = 200;
const PAGES = 400;
/** Milliseconds. */
const LONGEST_RECOVERY = 30_000;

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`;

/** Milliseconds of each answer. */
interface Outcomes {
  readonly signedIn: number[];
  /** With 503 and Retry-After. */
  readonly refused: number[];
  /** Neither, or no answer at all. */
  readonly others: number[];
}

let strangers = 0;

/** A right sign-in from an address that nobody else has, so that no limit of these counts. */
function signInRequest(username = usernameOf('known', strangers % ACCOUNTS)) {
  strangers += 1;
  const address = `10.${(strangers >> 16) & 255}.${(strangers >> 8) & 255}.${strangers & 255}`;
  return {
    method: 'POST' as const,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { username, password: PASSWORD } } }),
  };
}

/** @throws Error when it is refused */
async function signIn(url: string, username?: string): Promise<{ token: string; milliseconds: number }> {
  const start = performance.now();
  const text = await (await fetch(`${url}/graphql`, signInRequest(username))).text();
  const token = /"accessToken":"([^"]+)"/.exec(text)?.[1];
  if (!token) throw new Error(`A sign-in was answered with ${text}`);
  return { token, milliseconds: performance.now() - start };
}

/** @param load how many at once, and at most how many a second; they are sent whether the others are answered or not */
async function signIns(url: string, seconds: number, load: { connections: number; rate?: number }) {
  const outcomes: Outcomes = { signedIn: [], refused: [], others: [] };
  let errors = 0;
  const renew = (client: Client) => {
    const request = signInRequest();
    client.setHeadersAndBody(request.headers, request.body);
  };
  const options = {
    url: `${url}/graphql`,
    duration: seconds,
    connections: load.connections,
    ...(load.rate ? { overallRate: load.rate } : {}),
    timeout: 30,
    ...signInRequest(),
    setupClient: renew,
  };
  await new Promise<void>((resolve, reject) => {
    const running = autocannon(options, (error) => (error ? reject(error as Error) : resolve()));
    running.on('response', (client, status, _bytes, milliseconds) => {
      const kind = status === 200 ? 'signedIn' : status === 503 ? 'refused' : 'others';
      outcomes[kind].push(milliseconds);
      renew(client);
    });
    running.on('reqError', () => (errors += 1));
  });
  outcomes.others.push(...Array.from({ length: errors }, () => Infinity));
  return outcomes;
}

/** The most sign-ins a second that the service carries when no more are sent than are answered. */
async function peakOf(url: string): Promise<number> {
  const rates: number[] = [];
  for (const connections of CONCURRENCIES) {
    rates.push((await signIns(url, 4, { connections })).signedIn.length / 4);
  }
  return Math.max(...rates);
}

/** Seconds from the end of a flood until a sign-in takes no longer than twice its time before. */
async function recoveryOf(url: string, before: number): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < LONGEST_RECOVERY) {
    const milliseconds = await signIn(url).then(
      (answer) => answer.milliseconds,
      () => Infinity,
    );
    if (milliseconds < 2 * before) break;
    await pause(50);
  }
  return (performance.now() - start) / 1000;
}

/** The times of pages of users that are asked for one after the other, until `isOver`. */
async function pageTimes(url: string, token: string, isOver: (pages: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query: USERS_PAGE });
  while (!isOver(times.length)) {
    const start = performance.now();
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const text = await response.text();
    if (response.status === 503) continue;
    if (!text.includes('"nodes"')) throw new Error(`The users page was answered with ${text}`);
    times.push(performance.now() - start);
  }
  return times;
}

/** The time (ms) that only one in a hundred takes longer than. */
function slowest(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** What a flood of sign-ins leaves of the service (ASVS 2.4.1). */
async function measure(database: BenchDatabase): Promise<void> {
  await seed(database.location, USERS);
  await seedAccounts(database, { known: ACCOUNTS, locked: 0, disabled: 0, invited: 0 });
  const { child, url } = await startRolecall(database.url, database.folder, { TRUSTED_PROXIES: '127.0.0.1' });
  try {
    const idle: number[] = [];
    for (let count = 0; count < 20; count += 1) idle.push((await signIn(url)).milliseconds);
    const { token } = await signIn(url, ADMINISTRATOR.username);
    await pageTimes(url, token, (pages) => pages === 50);
    const idlePages = await pageTimes(url, token, (pages) => pages === PAGES);

    const peak = await peakOf(url);
    const load = { connections: CONNECTIONS, rate: Math.round(FLOOD * peak) };
    const { signedIn, refused, others } = await signIns(url, SECONDS, load);
    const recovery = await recoveryOf(url, median(idle));

    let isFlooded = true;
    const flooding = signIns(url, SECONDS, load).finally(() => (isFlooded = false));
    const pages = await pageTimes(url, token, () => !isFlooded);
    await flooding;

    const lines = {
      'goodput to peak': (signedIn.length / SECONDS / peak).toFixed(2),
      'signed in, slowest 1 %': `${slowest(signedIn).toFixed(0)} ms`,
      [`refused ${refused.length}, slowest 1 %`]: `${slowest(refused).toFixed(0)} ms`,
      'answered otherwise': String(others.length),
      'as before after': `${recovery.toFixed(1)} s`,
      'users page, slowest 1 % to idle': (slowest(pages) / slowest(idlePages)).toFixed(1),
    };
    console.log(
      `\n${database.engine}: ${FLOOD} times the ${Math.round(peak)} sign-ins a second that it carries`,
    );
    for (const [what, value] of Object.entries(lines)) console.log(`  ${what.padEnd(34)}${value}`);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

onEachEngine(measure).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
