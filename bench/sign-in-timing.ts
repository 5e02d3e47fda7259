import 'reflect-metadata';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { onEachEngine, type BenchDatabase } from './databases';
import { median } from './median';
import { startRolecall } from './service-process';
import { PASSWORD, prolongBlocks, seedAccounts, usernameOf } from './sign-in-accounts';

const SAMPLES = 300;
const WARM_UP = 30;
/** Milliseconds. What an answer leaves to do comes within a second of it; most answers are to meet none of it. */
const PAUSES = { signIn: 20, requestPasswordReset: 80 } as const;
const LOCKED = 10;
/** More than an account takes before it is blocked. */
const FAILED_ATTEMPTS = 12;

interface Sample {
  readonly mutation: 'signIn' | 'requestPasswordReset';
  readonly input: Readonly<Record<string, string>>;
  /** The address that the proxy saw. */
  readonly from: string;
}

type Cases = Readonly<Record<string, (number: number) => Sample>>;

const DOCUMENTS = {
  signIn: `mutation ($input: SignInInput!) {
    signIn(input: $input) { session { accessToken } challenge { token } userErrors { code field message } } }`,
  requestPasswordReset: `mutation ($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { userErrors { code field message } } }`,
} as const;

/** An address of a stranger: each is used once, so that no address is ever blocked. */
let strangers = 0;
const stranger = () => {
  strangers += 1;
  return `10.${strangers >> 16}.${(strangers >> 8) & 255}.${strangers & 255}`;
};
const homeOf = (number: number) => `172.16.${number >> 8}.${number & 255}`;

const signIn = (username: string, password: string, from: string): Sample => ({
  mutation: 'signIn',
  input: { username, password },
  from,
});
const reset = (username: string): Sample => ({
  mutation: 'requestPasswordReset',
  input: { username },
  from: stranger(),
});

/** Every one is refused, each for another reason. */
const SIGN_IN_CASES: Cases = {
  'unknown username': (number) => signIn(usernameOf('unknown', number), PASSWORD, stranger()),
  'wrong password': (number) => signIn(usernameOf('known', number), 'Wrong-2026', stranger()),
  'wrong password at a known address': (number) =>
    signIn(usernameOf('known', number), 'Wrong-2026', homeOf(number)),
  'locked account, right password': (number) =>
    signIn(usernameOf('locked', number % LOCKED), PASSWORD, stranger()),
  'disabled user, right password': (number) => signIn(usernameOf('disabled', number), PASSWORD, stranger()),
  'invited user, wrong password': (number) => signIn(usernameOf('invited', number), 'Wrong-2026', stranger()),
};

const RESET_CASES: Cases = {
  'unknown username': (number) => reset(usernameOf('unknown', number)),
  'known user': (number) => reset(usernameOf('known', number)),
  'disabled user': (number) => reset(usernameOf('disabled', number)),
  'invited user': (number) => reset(usernameOf('invited', number)),
};

/** Whether the time of an answer tells what the answer does not (ASVS 6.3.8). */
async function measure(database: BenchDatabase): Promise<void> {
  const users = SAMPLES + WARM_UP;
  await seedAccounts(database, { known: users, locked: LOCKED, disabled: users, invited: users });
  const { child, url } = await startRolecall(database.url, database.folder, {
    TRUSTED_PROXIES: '127.0.0.1',
  });
  try {
    for (let number = 0; number < users; number += 1) {
      await send(url, signIn(usernameOf('known', number), PASSWORD, homeOf(number)));
    }
    for (let attempt = 0; attempt < LOCKED * FAILED_ATTEMPTS; attempt += 1) {
      await send(url, signIn(usernameOf('locked', attempt % LOCKED), 'Wrong-2026', stranger()));
    }
    await prolongBlocks(database);
    await compare(url, `${database.engine}: signIn`, SIGN_IN_CASES);
    await compare(url, `${database.engine}: requestPasswordReset`, RESET_CASES);
    const { text } = await send(url, signIn(usernameOf('known', 0), PASSWORD, stranger()));
    if (!text.includes('"accessToken":"'))
      throw new Error('The right password is refused, so the samples were not wrong passwords.');
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** One sample of each case per run, in random order, so that other load on the machine affects all cases alike. */
async function compare(url: string, title: string, cases: Cases): Promise<void> {
  const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
  const answers = new Set<string>();
  for (let run = 0; run < WARM_UP + SAMPLES; run += 1) {
    for (const [name, sample] of shuffled(Object.entries(cases))) {
      const { milliseconds, text } = await send(url, sample(run));
      answers.add(text);
      if (run >= WARM_UP) times.get(name)!.push(milliseconds);
    }
  }
  if (answers.size !== 1) throw new Error(`The answers differ: ${[...answers].join(' ')}`);

  const medians = [...times].map(([name, values]) => ({ name, value: median(values) }));
  const smallest = Math.min(...medians.map(({ value }) => value));
  console.log(`\n${title.padEnd(38)}median ms   to the smallest`);
  for (const { name, value } of medians) {
    console.log(`  ${name.padEnd(36)}${value.toFixed(2).padStart(9)}   ${(value / smallest).toFixed(3)}`);
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

async function send(url: string, { mutation, input, from }: Sample) {
  const body = JSON.stringify({ query: DOCUMENTS[mutation], variables: { input } });
  const start = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body,
  });
  const text = await response.text();
  const milliseconds = performance.now() - start;
  await pause(PAUSES[mutation]);
  return { milliseconds, text };
}

onEachEngine(measure).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
