import type * as Argon2 from '@node-rs/argon2';
import { hash } from '@node-rs/argon2';
import { transaction } from '../../src/database/transaction';
import { User } from '../../src/users/user.entity';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type Person,
} from '../builders';
import { attempt, cheapHash, failedAttemptsOf, failToSignIn, FREE_ATTEMPTS } from '../failed-attempts';
import { startService, type TestService } from '../harness';
import { buildMfaUser, wrongCode } from '../mfa-builders';
import { issuePasswordLink, usePasswordLink } from '../password-links';
import { answerChallenge, challengeOf } from '../sign-in-steps';
import { recordedChanges, rowsOf } from '../stored-rows';
import { mutate } from '../user-mutations';
import { startSink, until, type SmtpSink } from './smtp-sink';

const HOUR = 3_600_000;
const NEW_PASSWORD = 'Battery-Staple';

let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;

beforeEach(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config, publicUrl: 'https://users.example.com' });
  organization = await buildOrganization(service);
  administrator = await buildPerson(service, organization, 'administrator');
});
afterEach(async () => {
  await service.stop();
  await sink.goDown();
});

const request = (username: string) =>
  service.graphql(
    `mutation ($username: String!) {
      requestPasswordReset(input: { username: $username }) { userErrors { code field } } }`,
    { username },
  );

const reset = (token: string, newPassword = NEW_PASSWORD) => usePasswordLink(service, token, newPassword);

const LINK = /https:\/\/users\.example\.com\/reset-password#token=([\w-]{43})$/m;
const linkMails = (username: string) => sink.mailsTo(username).filter(({ text }) => LINK.test(text));

/** Asks for a link and takes its token from the mail. */
async function mailedToken(username: string): Promise<string> {
  const before = linkMails(username).length;
  await request(username);
  await until(() => linkMails(username).length > before, 'the link');
  return LINK.exec(linkMails(username).at(-1)!.text)![1]!;
}

const signInWith = async (username: string, password: string) => {
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) {
      signIn(input: $input) { session { accessToken } challenge { steps } userErrors { code } } }`,
    { input: { username, password } },
  );
  return data.signIn as {
    session: { accessToken: string } | null;
    challenge: { steps: string[] } | null;
    userErrors: { code: string }[];
  };
};
const isSignedIn = async (token: string) =>
  (await service.graphql('{ viewer { user { id } } }', {}, { token })).data.viewer !== null;

test('a link from a mail sets a new password, once, and ends every session', async () => {
  const user = await buildUser(service, organization, { forcePasswordReset: false });
  const { accessToken } = await signIn(service, user);
  const token = await mailedToken(user.username);
  const [mail] = linkMails(user.username);
  expect(mail!.headers.subject).toBe('Set a new password');
  expect(mail!.html).toContain(`href="https://users.example.com/reset-password#token=${token}"`);

  expect(await reset(token)).toEqual([]);
  expect(await isSignedIn(accessToken)).toBe(false);
  expect((await signInWith(user.username, PASSWORD)).userErrors).toEqual([{ code: 'INVALID_CREDENTIALS' }]);
  expect((await signInWith(user.username, NEW_PASSWORD)).session).not.toBeNull();
  expect(await reset(token, 'Another-One')).toEqual(['input.token INVALID_TOKEN']);
  expect((await signInWith(user.username, NEW_PASSWORD)).session).not.toBeNull();

  const notice = (await sink.received(user.username, 2)).at(-1)!;
  expect(notice.headers.subject).toBe('Your password was changed');
  expect((await recordedChanges(service)).at(-1)).toMatchObject({
    action: 'user.password_reset',
    actor_user_id: rowIdOf(user.id),
    target_id: rowIdOf(user.id),
    changes: JSON.stringify([{ field: 'password', before: null, after: null }]),
  });
});

test('of twenty who use a link at once, one succeeds', async () => {
  const user = await buildUser(service, organization);
  const token = await mailedToken(user.username);
  const passwords = Array.from({ length: 20 }, (_, index) => `Password-${index}`);
  const outcomes = await Promise.all(passwords.map((password) => reset(token, password)));
  const winner = outcomes.findIndex((problems) => problems.length === 0);
  expect(outcomes.filter((problems) => problems.length === 0)).toHaveLength(1);
  expect(outcomes.filter((problems) => problems[0] === 'input.token INVALID_TOKEN')).toHaveLength(19);
  expect((await signInWith(user.username, passwords[winner]!)).session).not.toBeNull();
});

test('a link is good for 60 minutes', async () => {
  const user = await buildUser(service, organization);
  const token = await mailedToken(user.username);
  service.advance(HOUR - 60_000);
  expect(await reset(token, 'weak')).not.toContain('input.token INVALID_TOKEN');
  service.advance(60_000);
  expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
});

test.each(['', 'x', '\u0000', 'ａ'.repeat(43), 'A'.repeat(43), 'A'.repeat(10_000)])(
  'a token that never was, %#, is refused',
  async (token) => {
    expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
  },
);

test('a password that is refused leaves the link good', async () => {
  const user = await buildUser(service, organization);
  const token = await mailedToken(user.username);
  for (const password of ['', 'short', 'alllower', 'ALLUPPER']) {
    expect((await reset(token, password)).every((problem) => problem.startsWith('input.newPassword '))).toBe(
      true,
    );
  }
  expect(await reset(token)).toEqual([]);
});

test('the link of a user who has been disabled is worth nothing, also once they are enabled again', async () => {
  const user = await buildUser(service, organization);
  const token = await mailedToken(user.username);
  const setEnabled = (enabled: boolean) =>
    mutate(service, administrator.token, 'setUserEnabled', { id: user.id, enabled });
  await setEnabled(false);
  expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
  await setEnabled(true);
  expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
  expect((await signInWith(user.username, PASSWORD)).session).not.toBeNull();
});

test.each<[string, Record<string, string>]>([
  ['password', { password: 'Administrators-Choice' }],
  ['username', { username: 'moved@example.com' }],
])('a new %s makes the links worthless that are out', async (_what, change) => {
  const user = await buildUser(service, organization);
  const token = await mailedToken(user.username);
  await mutate(service, administrator.token, 'updateUser', { id: user.id, ...change });
  expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
});

test('a later link replaces the earlier one', async () => {
  const user = await buildUser(service, organization);
  const first = await mailedToken(user.username);
  const second = await mailedToken(user.username);
  expect(second).not.toBe(first);
  expect(await reset(first)).toEqual(['input.token INVALID_TOKEN']);
  expect(await reset(second)).toEqual([]);
});

test('a link that still waits to be sent is withdrawn when a later one is asked for', async () => {
  const user = await buildUser(service, organization);
  await sink.goDown();
  await request(user.username);
  const mails = () => rowsOf(service, 'outgoing_mail');
  await until(async () => (await mails())[0]?.attempts === 1, 'an attempt');
  await request(user.username);
  await until(async () => (await mails()).length === 2, 'the later link');
  expect(await mails()).toMatchObject([
    { state: 'failed', content: '', last_error: 'A later mail replaced it.' },
    { state: 'queued' },
  ]);
});

test('a new password unlocks the account', async () => {
  service.stopClock();
  const user = await buildUser(service, organization, { passwordHash: await cheapHash() });
  const { username } = user;
  await failToSignIn(service, FREE_ATTEMPTS, { username });
  expect((await attempt(service, { username })).signedIn).toBe(false);
  expect(await reset(await issuePasswordLink(service, user))).toEqual([]);
  expect((await attempt(service, { username, password: NEW_PASSWORD })).signedIn).toBe(true);
});

test('a new password clears no wrong codes', async () => {
  service.stopClock();
  const user = await buildMfaUser(service, organization);
  const challengeToken = await challengeOf(service, user);
  for (let guess = 0; guess < 5; guess += 1) {
    await answerChallenge(service, { challengeToken, mfaCode: wrongCode(service, user.secret) });
  }
  const counted = await failedAttemptsOf(service, user);
  expect(await reset(await issuePasswordLink(service, user))).toEqual([]);
  expect([counted, await failedAttemptsOf(service, user)]).toEqual([[5], [5]]);
});

test('a user who is disabled while their new password is being hashed keeps the old one', async () => {
  const user = await buildUser(service, organization);
  const token = await issuePasswordLink(service, user);
  const credentials = () => rowsOf(service, 'user_credential');
  const before = await credentials();
  jest.mocked(hash).mockImplementationOnce(async (...args) => {
    // Straight into the database, where the link stays valid: only the user tells that it must not work.
    await transaction(service.app.database, (tx) =>
      tx.update(User, { id: rowIdOf(user.id) }, { enabled: false }),
    );
    return jest.requireActual<typeof Argon2>('@node-rs/argon2').hash(...args);
  });
  expect(await reset(token)).toEqual(['input.token INVALID_TOKEN']);
  expect(await credentials()).toEqual(before);
});

test('a required reset is done with it, but not with the old password', async () => {
  const user = await buildUser(service, organization, { forcePasswordReset: true });
  const token = await mailedToken(user.username);
  expect(await reset(token, PASSWORD)).toEqual(['input.newPassword PASSWORD_UNCHANGED']);
  expect(await reset(token)).toEqual([]);
  expect((await signInWith(user.username, NEW_PASSWORD)).session).not.toBeNull();
});

test('two-factor authentication is asked for also after a reset', async () => {
  const user = await buildUser(service, organization, { mfaEnabled: true });
  expect(await reset(await mailedToken(user.username))).toEqual([]);
  const { session, challenge } = await signInWith(user.username, NEW_PASSWORD);
  expect(session).toBeNull();
  expect(challenge!.steps).toEqual(['ENTER_MFA_CODE']);
});

test('known, unknown and disabled, a request answers the same bytes, and only who may sign in gets a mail', async () => {
  const known = await buildUser(service, organization);
  const disabled = await buildUser(service, organization, { enabled: false });
  const usernames = [known.username, 'nobody@example.com', disabled.username, 'not an address', 'ﬁ\u0000'];
  const answers = [];
  for (const username of usernames) {
    const response = await fetch(service.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation ($input: RequestPasswordResetInput!) {
          requestPasswordReset(input: $input) { userErrors { code } } }`,
        variables: { input: { username } },
      }),
    });
    answers.push(`${response.status} ${await response.text()}`);
  }
  expect(new Set(answers).size).toBe(1);
  await sink.received(known.username);
  await service.stop();
  expect(sink.mails.map(({ recipients }) => recipients)).toEqual([[known.username]]);
});

test('a username is found in any spelling, and the mail goes to the one that is stored', async () => {
  const user = await buildUser(service, organization, { username: 'Ibsen@example.com' });
  await request('  IBSEN@Example.com ');
  await sink.received(user.username);
});

test('a blank username is refused, as it would be for anyone', async () => {
  const { data } = await request('  ');
  expect(data.requestPasswordReset.userErrors).toEqual([{ code: 'REQUIRED', field: ['input', 'username'] }]);
});

test('nobody gets more than three links an hour, however many are asked for at once', async () => {
  const user = await buildUser(service, organization);
  await Promise.all(Array.from({ length: 20 }, () => request(user.username)));
  await until(async () => (await rowsOf(service, 'one_time_token')).length === 3, 'three links');
  // Later than any of these requests can still be at work.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await rowsOf(service, 'one_time_token')).toHaveLength(3);
  service.advance(HOUR + 1000);
  await mailedToken(user.username);
});

test('a link that cannot be sent while it is good is not sent at all', async () => {
  const user = await buildUser(service, organization);
  await sink.goDown();
  await request(user.username);
  await until(async () => Number((await rowsOf(service, 'outgoing_mail'))[0]?.attempts) > 0, 'an attempt');
  await sink.comeBack();
  service.advance(HOUR);
  await until(async () => (await rowsOf(service, 'outgoing_mail'))[0]!.state === 'failed', 'the end');
  expect(sink.mails).toEqual([]);
  expect(await rowsOf(service, 'outgoing_mail')).toMatchObject([{ content: '' }]);
});
