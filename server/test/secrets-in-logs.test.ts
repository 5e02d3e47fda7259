import { connect } from 'node:net';
import { loggedError } from '../src/http/log-format';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type GraphQLAnswer, type TestService } from './harness';
import { until } from './mail/smtp-sink';
import { newUser } from './mail/invited-users';
import { alignClock, buildMfaUser, codeOf } from './mfa-builders';
import { issuePasswordLink } from './password-links';
import { challengeOf, startMfaSetUp } from './sign-in-steps';

const CANARY = 'Canary-Seven-7041';

let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;
let log = '';

beforeAll(async () => {
  service = await startService({ logLevel: 'trace' }, { log: { write: (line) => void (log += line) } });
  organization = await buildOrganization(service);
  administrator = await buildPerson(service, organization, 'administrator');
});
beforeEach(() => {
  log = '';
});

/** Makes every write of this kind fail, and keeps the values of the statements that failed. */
async function makeWritesFail(table: string, write: 'INSERT' | 'UPDATE') {
  const { writer } = service.app.database;
  const failure =
    testEngine === 'sqlite'
      ? `BEGIN SELECT RAISE(ABORT, 'refused'); END`
      : `FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused'`;
  await writer.query(`CREATE TRIGGER refuse_writes BEFORE ${write} ON ${table} ${failure}`);
  const values: unknown[] = [];
  const createQueryRunner = writer.createQueryRunner.bind(writer);
  const spy = jest.spyOn(writer, 'createQueryRunner').mockImplementation((...args) => {
    const runner = createQueryRunner(...args);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    const kept = (sql: string, parameters?: unknown[], ...more: unknown[]) => {
      if (sql.includes(table)) values.push(...(parameters ?? []));
      return query(sql, parameters, ...more);
    };
    runner.query = kept as typeof runner.query;
    return runner;
  });
  return {
    values,
    undo: async () => {
      spy.mockRestore();
      await writer.query('DROP TRIGGER refuse_writes');
    },
  };
}

const mutate = (name: string, type: string, input: object, token: string | null = administrator.token) =>
  service.graphql(
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`,
    { input },
    { token },
  );

interface Failure {
  readonly table: string;
  readonly write: 'INSERT' | 'UPDATE';
  /** Prepares what the write needs; answers how to cause it. */
  readonly prepare: () => Promise<() => Promise<GraphQLAnswer>>;
}

/** Each table that holds a secret, or what one can be guessed from. */
const FAILURES: Record<string, Failure> = {
  'the hash of a new password': {
    table: 'user_credential',
    write: 'INSERT',
    prepare: async () => () =>
      mutate('createUser', 'CreateUserInput', newUser(organization, { password: CANARY })),
  },
  'the hash of a changed password': {
    table: 'user_credential',
    write: 'UPDATE',
    prepare: async () => {
      const { id } = await buildUser(service, organization);
      return () => mutate('updateUser', 'UpdateUserInput', { id, password: CANARY });
    },
  },
  'the hash of a password that a link sets': {
    table: 'user_credential',
    write: 'UPDATE',
    prepare: async () => {
      const token = await issuePasswordLink(service, await buildUser(service, organization));
      return () => mutate('resetPassword', 'ResetPasswordInput', { token, newPassword: CANARY }, null);
    },
  },
  'the seed of refresh tokens': {
    table: 'session',
    write: 'INSERT',
    prepare: async () => {
      const { username } = await buildUser(service, organization);
      return () => mutate('signIn', 'SignInInput', { username, password: PASSWORD }, null);
    },
  },
  'the sealed key of an app': {
    table: 'user_totp',
    write: 'INSERT',
    prepare: async () => {
      const { token } = await buildPerson(service, organization, 'agent');
      return () => mutate('startMfaSetUp', 'StartMfaSetUpInput', { password: PASSWORD }, token);
    },
  },
  'the hashes of recovery codes': {
    table: 'recovery_code',
    write: 'INSERT',
    prepare: async () => {
      alignClock(service);
      const { username } = await buildUser(service, organization, { forceMfa: true });
      const challengeToken = await challengeOf(service, { username });
      const { secret } = await startMfaSetUp(service, { challengeToken });
      const input = { challengeToken, code: codeOf(service, secret) };
      return () => mutate('confirmMfaSetUp', 'ConfirmMfaSetUpInput', input, null);
    },
  },
  'a code that was used': {
    table: 'user_totp',
    write: 'UPDATE',
    prepare: async () => {
      alignClock(service);
      const user = await buildMfaUser(service, organization);
      const challengeToken = await challengeOf(service, user);
      const input = { challengeToken, answer: { mfaCode: codeOf(service, user.secret) } };
      return () => mutate('answerSignInChallenge', 'AnswerSignInChallengeInput', input, null);
    },
  },
  'the hash of a mailed token': {
    table: 'one_time_token',
    write: 'INSERT',
    prepare: async () => {
      const { username } = await buildUser(service, organization);
      return () => mutate('requestPasswordReset', 'RequestPasswordResetInput', { username }, null);
    },
  },
  'the text of a mail': {
    table: 'outgoing_mail',
    write: 'INSERT',
    prepare: async () => () => mutate('createUser', 'CreateUserInput', newUser(organization)),
  },
  'the key of a counter': {
    table: 'sign_in_throttle',
    write: 'INSERT',
    prepare: async () => () =>
      mutate('signIn', 'SignInInput', { username: CANARY, password: PASSWORD }, null),
  },
  'an event of the audit log': {
    table: 'audit_event',
    write: 'INSERT',
    prepare: async () => () =>
      mutate('createUser', 'CreateUserInput', newUser(organization, { firstName: CANARY })),
  },
};

/** No secret in any table are short values, dates, and the ids of requests, which the log tells on purpose. */
function isTelling(value: unknown): value is string {
  const isHarmless = /^\d{4}-\d\d-\d\d|^[\da-f]{8}-[\da-f-]{27}$/;
  return typeof value === 'string' && value.length >= 12 && !isHarmless.test(value);
}

test.each(Object.keys(FAILURES))(
  'the log tells that %s could not be written, and nothing of it',
  async (name) => {
    const { table, write, prepare } = FAILURES[name]!;
    const cause = await prepare();
    const { values, undo } = await makeWritesFail(table, write);
    let answer: GraphQLAnswer;
    try {
      answer = await cause();
      await until(() => /"err":\{"type":"QueryFailedError"/.test(log), 'the failure to be logged');
    } finally {
      await undo();
    }
    const told = log + JSON.stringify(answer);
    const telling = values.filter(isTelling);
    expect(values.length).toBeGreaterThan(0);
    for (const secret of [...telling, CANARY, PASSWORD]) expect(told).not.toContain(secret);
    expect(told).not.toMatch(/\$argon2|INSERT INTO|UPDATE [`"]|parameters|driverError/);
  },
);

test('no level logs what a query string, a body or a malformed request holds', async () => {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${service.url}?query={viewer{permissions}}&variables={"password":"${CANARY}"}`);
  await fetch(new URL(`/nowhere?token=${CANARY}`, service.url));
  await fetch(service.url, { method: 'POST', headers, body: `{"query": "${CANARY}", ${CANARY}` });
  await fetch(service.url, { method: 'POST', headers, body: CANARY });
  await fetch(service.url, { method: 'POST', headers: { 'content-type': `text/${CANARY}` }, body: 'x' });
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined).resume();
  socket.write(`POST /graphql HTTP/1.1\r\nauthorization: Bearer ${CANARY}\r\nbro ken\r\n\r\n${CANARY}`);
  await new Promise((resolve) => socket.once('close', resolve));
  await until(() => log.includes('"url":"/nowhere"'), 'the requests to be logged');
  expect(log).not.toContain(CANARY);
});

test.each([
  [`Duplicate entry '${CANARY}' for key 'user.uq_user_username'`, 'Duplicate entry …'],
  [`Incorrect string value: '${CANARY}' for column`, 'Incorrect string value: …'],
  [`Unexpected token 'x', "${CANARY}" is not valid JSON`, 'Unexpected token …'],
  ['UNIQUE constraint failed: user.username_key', 'UNIQUE constraint failed: user.username_key'],
])('of an error that says %s the log says %s', (message, told) => {
  expect(loggedError(new Error(message)).message).toBe(told);
});

test('of an error only its type, code, message and frames are told, and of what caused it', () => {
  const cause = Object.assign(new Error(`no\n    at ${CANARY} (x.js:1:1)`), {
    sql: CANARY,
    code: CANARY,
    errno: 1,
    parameters: [CANARY],
  });
  const error = Object.assign(new AggregateError([cause], 'several'), {
    query: CANARY,
    code: 'ER_DUP_ENTRY',
    cause,
  });
  const logged = loggedError(error);
  expect(logged).toMatchObject({ type: 'AggregateError', message: 'several', code: 'ER_DUP_ENTRY' });
  expect(logged.causes).toHaveLength(2);
  expect(logged.stack).toContain('secrets-in-logs.test');
  expect(logged.causes!.map(({ stack }) => stack).join()).not.toContain(CANARY);
  expect(JSON.stringify([logged, loggedError(CANARY), loggedError({ password: CANARY })])).not.toMatch(
    new RegExp(`"(?!message)\\w+":"${CANARY}`),
  );
});
