import { connect } from 'node:net';
import { buildOrganization, buildPerson, buildUser, PASSWORD } from './builders';
import { attempt, cheapHash, failedAttemptsOf, failToSignIn, FREE_ATTEMPTS } from './failed-attempts';
import { startService, type GraphQLAnswer, type TestService } from './harness';
import { closeHashing, type HashingGate } from './hashing-gate';
import { until } from './mail/smtp-sink';
import { issuePasswordLink } from './password-links';
import { rowsOf } from './stored-rows';

const NEW_PASSWORD = 'Battery-Staple';
const LONG = 60_000;

const running = new Set<TestService>();
let gate: HashingGate | null = null;

afterEach(async () => {
  gate?.open();
  gate = null;
  for (const service of running) await service.stop();
  running.clear();
});

async function start(hashing: { atOnce: number; places: number; patience: number }) {
  const service = await startService({}, { hashing });
  running.add(service);
  const organization = await buildOrganization(service);
  const passwordHash = await cheapHash();
  const newUser = () => buildUser(service, organization, { passwordHash });
  return { service, organization, newUser };
}

function signIn(service: TestService, username: string): Promise<GraphQLAnswer> {
  return service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }`,
    { input: { username, password: PASSWORD } },
  );
}

const codeOf = ({ errors }: GraphQLAnswer) => errors?.[0]?.extensions.code;

function expectOverloaded(answer: GraphQLAnswer): void {
  expect(answer.status).toBe(503);
  expect(codeOf(answer)).toBe('OVERLOADED');
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(answer.errors?.[0]?.extensions).not.toHaveProperty('http');
}

/** Fills all places of a service that hashes one password at a time. */
async function fill(service: TestService, usernames: readonly string[]): Promise<Promise<GraphQLAnswer>[]> {
  gate = closeHashing();
  const answers = usernames.map((username) => signIn(service, username));
  // A counter stands for each of the accounts, and one for the address, once all of them wait.
  const counted = async () =>
    (await rowsOf(service, 'sign_in_throttle')).filter(({ user_id }) => user_id !== null);
  await until(async () => (await counted()).length >= usernames.length, 'the places to be taken');
  await until(() => gate!.begun() > 0, 'the first hash');
  return answers;
}

test('a sign-in that finds no place is refused at once with 503, counts nothing and can be repeated', async () => {
  const { service, newUser } = await start({ atOnce: 1, places: 2, patience: LONG });
  const [first, second, third] = [await newUser(), await newUser(), await newUser()];
  const waiting = await fill(service, [first.username, second.username]);
  expectOverloaded(await signIn(service, third.username));
  expect(await failedAttemptsOf(service, third)).toEqual([]);
  expect(gate!.begun()).toBe(1);

  gate!.open();
  for (const answer of await Promise.all(waiting))
    expect(answer.data.signIn).toMatchObject({ userErrors: [] });
  expect((await signIn(service, third.username)).status).toBe(200);
});

test('while no place is free a sign-in is refused before anything of it is looked at, and nothing else is', async () => {
  const { service, newUser } = await start({ atOnce: 1, places: 1, patience: LONG });
  const user = await newUser();
  const waiting = await fill(service, [user.username]);
  const known = `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }`;
  // What makes no sense in it only GraphQL would say.
  const nonsense = { input: { nobody: true } };
  expectOverloaded(await service.graphql(known, nonsense));
  const skipped = `mutation ($input: SignInInput!, $no: Boolean! = false) {
    signIn(input: $input) @include(if: $no) { userErrors { code } }
  }`;
  for (let time = 0; time < 2; time += 1) expect((await service.graphql(skipped, nonsense)).status).toBe(400);
  expect((await service.graphql('{ passwordPolicy { minimumLength } }')).status).toBe(200);
  gate!.open();
  await Promise.all(waiting);
  expect((await service.graphql(known, nonsense)).status).toBe(400);
});

test('an attempt whose turn does not come in time is refused, and does not count as failed', async () => {
  const { service, newUser } = await start({ atOnce: 1, places: 5, patience: 50 });
  const [first, second] = [await newUser(), await newUser()];
  const waiting = await fill(service, [first.username]);
  for (let time = 0; time < FREE_ATTEMPTS + 1; time += 1)
    expectOverloaded(await signIn(service, second.username));
  expect(await failedAttemptsOf(service, second)).toEqual([]);
  gate!.open();
  await Promise.all(waiting);
  expect((await signIn(service, second.username)).data.signIn).toMatchObject({ userErrors: [] });
});

test.each(['fetch', 'a socket that is destroyed', 'a socket that says it is done'])(
  'nothing is hashed for clients that have gone (%s), and their places are free again',
  async (kind) => {
    const { service, newUser } = await start({ atOnce: 1, places: 9, patience: LONG });
    const users = await Promise.all(Array.from({ length: 9 }, newUser));
    const gone = users.slice(1).map(({ username }) => username);
    const waiting = await fill(service, [users[0]!.username]);

    const leave = await Promise.all(gone.map((username) => beginSignIn(service, username, kind)));
    const counted = async () =>
      (await rowsOf(service, 'sign_in_throttle')).filter(({ user_id }) => user_id !== null);
    await until(async () => (await counted()).length === 9, 'all of them to wait');
    expectOverloaded(await signIn(service, users[0]!.username));
    for (const go of leave) go();

    const noneCounts = async () => {
      const failures = await Promise.all(users.slice(1).map((user) => failedAttemptsOf(service, user)));
      return failures.flat().length === 0;
    };
    await until(noneCounts, 'the attempts of those who left to be taken back');
    const answer = signIn(service, (await newUser()).username);
    expect(gate!.begun()).toBe(1);
    gate!.open();
    expect((await answer).data.signIn).toMatchObject({ userErrors: [] });
    await Promise.all(waiting);
  },
);

/** Answers how to leave before the answer comes. */
async function beginSignIn(service: TestService, username: string, kind: string): Promise<() => void> {
  const body = JSON.stringify({
    query: `mutation { signIn(input: { username: "${username}", password: "${PASSWORD}" }) { userErrors { code } } }`,
  });
  const { hostname, port } = new URL(service.url);
  if (kind === 'fetch') {
    const leaving = new AbortController();
    const headers = { 'content-type': 'application/json' };
    void fetch(service.url, { method: 'POST', headers, body, signal: leaving.signal }).catch(() => undefined);
    return () => leaving.abort();
  }
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return kind.includes('destroyed') ? () => socket.destroy() : () => socket.end();
}

test('an attempt beyond the limit of its account takes nobody’s turn', async () => {
  const { service, newUser } = await start({ atOnce: 1, places: 5, patience: LONG });
  service.stopClock();
  const [blocked, other] = [await newUser(), await newUser()];
  await failToSignIn(service, FREE_ATTEMPTS, { username: blocked.username });
  const waiting = await fill(service, [other.username]);
  const refused = await attempt(service, { username: blocked.username });
  expect(refused.bytes).toContain('INVALID_CREDENTIALS');
  expect(gate!.begun()).toBe(1);
  gate!.open();
  await Promise.all(waiting);
});

interface HashingCall {
  readonly document: string;
  readonly variables?: Record<string, unknown>;
}

/** Every other call that hashes a password. */
const CALLS: Record<string, (ids: { id: string; roleId: string; link: string }) => HashingCall> = {
  createUser: ({ roleId }) => ({
    document: `mutation ($input: CreateUserInput!) { createUser(input: $input) { userErrors { code } } }`,
    variables: {
      input: {
        firstName: 'Nora',
        lastName: 'Helmer',
        username: 'nora@example.com',
        password: NEW_PASSWORD,
        phone: '+47 22 00 00 00',
        roleId,
      },
    },
  }),
  updateUser: ({ id }) => ({
    document: `mutation { updateUser(input: { id: "${id}", password: "${NEW_PASSWORD}" }) { userErrors { code } } }`,
  }),
  resetMfa: ({ id }) => ({
    document: `mutation { resetMfa(input: { id: "${id}", newPassword: "${NEW_PASSWORD}" }) { userErrors { code } } }`,
  }),
  changePassword: () => ({
    document: `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "${NEW_PASSWORD}" })
      { userErrors { code } } }`,
  }),
  startMfaSetUp: () => ({
    document: `mutation { startMfaSetUp(input: { password: "${PASSWORD}" }) { userErrors { code } } }`,
  }),
  resetPassword: ({ link }) => ({
    document: `mutation { resetPassword(input: { token: "${link}", newPassword: "${NEW_PASSWORD}" })
      { userErrors { code } } }`,
  }),
};

test.each(Object.keys(CALLS))(
  '%s that finds no place is refused with 503, and changes nothing',
  async (name) => {
    const { service, organization, newUser } = await start({ atOnce: 1, places: 1, patience: LONG });
    const administrator = await buildPerson(service, organization, 'administrator');
    const user = await newUser();
    const link = await issuePasswordLink(service, user);
    const waiting = await fill(service, [(await newUser()).username]);
    const tables = ['user', 'user_credential', 'user_totp', 'one_time_token', 'session'];
    const stored = () => Promise.all(tables.map((table) => rowsOf(service, table)));
    const before = await stored();
    const { document, variables } = CALLS[name]!({ id: user.id, roleId: organization.roles.agent, link });
    expectOverloaded(await service.graphql(document, variables, { token: administrator.token }));
    expect(await stored()).toEqual(before);
    gate!.open();
    await Promise.all(waiting);
  },
);
