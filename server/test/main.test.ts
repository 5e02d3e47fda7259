import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToOthers } from './file-modes';
import { createDatabase, TEST_SECRET } from './harness';
import { program } from './program';

const DEADLINE = 60_000;
jest.setTimeout(DEADLINE);

type Environment = Readonly<Record<string, string>>;

const running = new Set<ChildProcess>();
let folder: string;
let databaseUrl: string;
let dropDatabase: () => Promise<void>;
let occupant: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolecall-main-'));
  const { location, drop } = await createDatabase(folder);
  databaseUrl = location.engine === 'mysql' ? location.url : `sqlite:${location.file}`;
  dropDatabase = drop;
  occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  occupant.close();
  await dropDatabase();
  rmSync(folder, { recursive: true, force: true });
});

/** The service as an operator starts it, with this environment and nothing else of ours. */
function start(environment: Environment) {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const { args, env } = program('main');
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH, HOME, TMPDIR, ...env, PORT: '0', ...environment },
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return { child, output, exit };
}

async function outcomeOf(environment: Environment) {
  const { output, exit } = start(environment);
  return { code: await exit, ...output };
}

const good = () => ({ DATABASE_URL: databaseUrl, SECRET: TEST_SECRET });
const below = (file: string) => {
  writeFileSync(join(folder, 'regular-file'), '');
  return join(folder, 'regular-file', file);
};

const FAILURES: Record<string, [environment: () => Environment, line: RegExp]> = {
  'a port in use': [
    () => ({ ...good(), PORT: String((occupant.address() as AddressInfo).port) }),
    /127\.0\.0\.1:\d+ is in use/,
  ],
  'a data folder that cannot be written': [
    () => ({ DATABASE_URL: `sqlite:${below('data/rolecall.db')}` }),
    /data folder .+ is not writable/,
  ],
  'a folder in the place of the database file': [
    () => ({ DATABASE_URL: `sqlite:${folder}`, SECRET: TEST_SECRET }),
    /database of DATABASE_URL cannot be opened/,
  ],
  'a database server that is not there': [
    () => ({ ...good(), DATABASE_URL: 'mysql://root:hunter2@127.0.0.1:1/x' }),
    /database of DATABASE_URL cannot be opened: .*ECONNREFUSED/,
  ],
  'an unknown NODE_ENV': [() => ({ ...good(), NODE_ENV: 'staging' }), /NODE_ENV must be .+ not "staging"/],
  'production without a SECRET': [
    () => ({ DATABASE_URL: databaseUrl, NODE_ENV: 'production' }),
    /SECRET is required in production/,
  ],
  'several mistakes at once': [
    () => ({ ...good(), NODE_ENV: 'staging', PORT: 'x', PUBLIC_URL: 'x' }),
    /NODE_ENV .+ PORT .+ PUBLIC_URL /,
  ],
};

test.each(Object.entries(FAILURES))(
  'does not start with %s, and says why in one line',
  async (_what, failure) => {
    const [environment, line] = failure;
    const { code, stdout, stderr } = await outcomeOf(environment());
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^Rolecall cannot start\. /)]);
    expect(stderr).toMatch(line);
    expect(stderr).not.toContain('hunter2');
    expect(stdout).not.toContain('ready');
    expect(code).toBe(1);
  },
);

async function startedAddress({ child, output, exit }: ReturnType<typeof start>): Promise<string> {
  const ended = exit.then((code) => {
    throw new Error(`ended with ${code}: ${output.stderr}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const address = /Listening +(http:\S+)/.exec(output.stdout)?.[1];
    if (address) return address;
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then ends with exit code 0', async (signal) => {
  const service = start(good());
  const address = await startedAddress(service);
  // A connection that is kept alive must not hold up the end.
  expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  service.child.kill(signal);
  expect(await service.exit).toBe(0);
  expect(service.output.stderr).toBe('');
  await expect(fetch(`${address}/health/live`)).rejects.toThrow();
});

test('logs each request with LOG_LEVEL=trace, and of a malformed one no byte', async () => {
  const service = start({ ...good(), LOG_LEVEL: 'trace' });
  const { hostname, port } = new URL(await startedAddress(service));
  await fetch(`http://${hostname}:${port}/health/live`);
  const socket = connect(Number(port), hostname).resume();
  socket.end('GET / HTTP/1.1\r\nAuthorization: Bearer hunter2\r\nmalformed header\r\n\r\n');
  await once(socket, 'close');
  service.child.kill('SIGTERM');
  expect(await service.exit).toBe(0);
  const { stdout } = service.output;
  expect(stdout).toMatch(/"url":"\/health\/live".+"msg":"incoming request"/);
  expect(stdout).toContain('HPE_INVALID_HEADER_TOKEN');
  expect(stdout).not.toMatch(/hunter2|rawPacket/);
});

const SIGN_IN = JSON.stringify({
  query: 'mutation { signIn(input: { username: "a", password: "b" }) { userErrors { code } } }',
});

test('requests that are under way when it stops are answered, and it does not linger', async () => {
  const service = start(good());
  const address = await startedAddress(service);
  const answers: string[] = [];
  const ask = async (): Promise<void> => {
    for (;;) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: SIGN_IN });
      answers.push(`${response.status} ${await response.text()}`);
    }
  };
  const clients = Array.from({ length: 8 }, () => ask().catch(() => undefined));
  while (answers.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  const stopped = performance.now();
  service.child.kill('SIGTERM');
  expect(await service.exit).toBe(0);
  expect(performance.now() - stopped).toBeLessThan(5000);
  await Promise.all(clients);
  expect(answers.some((answer) => answer.includes('INVALID_CREDENTIALS'))).toBe(true);
  // A busy machine may refuse some of them, which is an answer too.
  const unanswered = answers.filter((answer) => !/^200 .+INVALID_CREDENTIALS|^503 .+OVERLOADED/.test(answer));
  expect(unanswered).toEqual([]);
  expect(service.output.stderr).toBe('');
});

test('on its default database it fills the demo organization, once, and keeps its secret to itself', async () => {
  const first = start({});
  await startedAddress(first);
  expect(first.output.stdout).toContain('admin@example.com');
  const secret = readFileSync(join(folder, 'data/secret'), 'utf8');
  expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(first.output.stdout).not.toContain(secret);
  expect(openToOthers(join(folder, 'data/secret'))).toBe(0);
  first.child.kill('SIGTERM');
  expect(await first.exit).toBe(0);

  const second = start({});
  const address = await startedAddress(second);
  expect(readFileSync(join(folder, 'data/secret'), 'utf8')).toBe(secret);
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { signIn(input: { username: "admin@example.com", password: "Demo-2026" }) {
        session { viewer { organization { name } } } } }`,
    }),
  });
  expect(await answer.json()).toMatchObject({
    data: { signIn: { session: { viewer: { organization: { name: 'Example Company' } } } } },
  });
  second.child.kill('SIGTERM');
  expect(await second.exit).toBe(0);
});
