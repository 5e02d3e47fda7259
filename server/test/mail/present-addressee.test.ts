import { transaction } from '../../src/database/transaction';
import { identityColumns } from '../../src/users/user-columns';
import { User } from '../../src/users/user.entity';
import {
  buildOrganization,
  buildPerson,
  rowIdOf,
  signIn,
  type BuiltOrganization,
  type Person,
} from '../builders';
import { startService, type TestService } from '../harness';
import { rowsOf } from '../stored-rows';
import { mutate } from '../user-mutations';
import { attemptsEnded } from './attempts-ended';
import { invitationOf, inviteUser, type InvitedUser } from './invited-users';
import { startSink, until, type SmtpSink } from './smtp-sink';

const HOUR = 3_600_000;

/** Longer than the pauses after the first attempts, and shorter than a claim of a mail that is under way. */
const NEXT_ATTEMPT = 180_000;

let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;

beforeEach(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config });
  organization = await buildOrganization(service);
  administrator = await buildPerson(service, organization, 'administrator');
});
afterEach(async () => {
  await service.stop();
  await sink.goDown();
});

const mailsOf = async ({ id }: { id: string }) =>
  (await rowsOf(service, 'outgoing_mail')).filter((row) => row.user_id === rowIdOf(id));
const invite = () => inviteUser(service, administrator.token, organization);
const stateOf = ({ id }: InvitedUser) => invitationOf(service, administrator.token, id);

async function change(
  mutation: 'updateUser' | 'setUserEnabled',
  input: Record<string, unknown>,
): Promise<void> {
  expect((await mutate(service, administrator.token, mutation, input)).problems).toEqual([]);
}

/** Invites while the mail server is down, until the mail has come back from an attempt. */
async function inviteInVain(): Promise<InvitedUser> {
  await sink.goDown();
  const user = await invite();
  await until(async () => (await mailsOf(user)).some(({ attempts }) => attempts === 1), 'an attempt');
  return user;
}

/** Brings the mail server back, and waits until nothing is left to send. */
async function sendAll(): Promise<void> {
  await sink.comeBack();
  await attemptsEnded(service);
  service.advance(NEXT_ATTEMPT);
  const isDone = async () =>
    (await rowsOf(service, 'outgoing_mail')).every(({ state }) => state !== 'queued');
  await until(isDone, 'the outbox to be empty');
}

test('a username that is corrected while the mail server is down gets the invitation, and the old one nothing', async () => {
  const user = await inviteInVain();
  const username = `right-${user.username}`;
  await change('updateUser', { id: user.id, username });
  expect(await stateOf(user)).toMatchObject({ state: 'QUEUED' });
  await sendAll();
  expect(sink.mailsTo(user.username)).toEqual([]);
  const [mail, ...others] = sink.mailsTo(username);
  expect(others).toEqual([]);
  expect(mail!.headers.subject).toBe('Your account at Acme');
  expect(mail!.text).toContain(`Your username is ${username}.`);
  expect(mail!.text).toContain(encodeURIComponent(username));
  expect(mail!.raw).not.toContain(`=${user.username}`);
  expect(await stateOf(user)).toMatchObject({ state: 'SENT' });
});

test('a username that is corrected after the invitation was sent gets a new one, and the old one no word of it', async () => {
  const user = await invite();
  await sink.received(user.username);
  await until(async () => (await stateOf(user))?.state === 'SENT', 'the state to be SENT');
  await sink.goDown();
  const username = `right-${user.username}`;
  await change('updateUser', { id: user.id, username, password: 'Battery-Staple' });
  expect(await stateOf(user)).toMatchObject({ state: 'QUEUED', sentAt: null });
  await sendAll();
  expect(sink.mailsTo(user.username)).toHaveLength(1);
  expect(
    sink
      .mailsTo(username)
      .map(({ headers }) => headers.subject)
      .sort(),
  ).toEqual(['Your account at Acme', 'Your password was changed']);
  expect(await stateOf(user)).toMatchObject({ state: 'SENT' });
});

test('whatever else waits for the old address is withdrawn with the invitation', async () => {
  const user = await inviteInVain();
  await change('updateUser', { id: user.id, password: 'Battery-Staple' });
  await attemptsEnded(service);
  await change('updateUser', { id: user.id, username: `right-${user.username}` });
  await sendAll();
  expect(sink.mailsTo(user.username)).toEqual([]);
  expect(sink.mailsTo(`right-${user.username}`)).toHaveLength(1);
});

test('a correction while the mail is being delivered lets no second attempt go to the old address', async () => {
  sink.options.refuseText = 451;
  sink.options.delay = 500;
  const user = await invite();
  await until(async () => (await mailsOf(user)).some(({ claim }) => claim !== null), 'the delivery to begin');
  await change('updateUser', { id: user.id, username: `right-${user.username}` });
  await until(
    async () => (await mailsOf(user)).some(({ attempts }) => attempts === 1),
    'the attempts to fail',
  );
  sink.options.refuseText = null;
  await attemptsEnded(service);
  service.advance(NEXT_ATTEMPT);
  await sink.received(`right-${user.username}`);
  await sink.goDown();
  await sendAll();
  expect(sink.mailsTo(user.username)).toEqual([]);
  expect(await mailsOf(user)).toMatchObject([
    { state: 'failed', last_error: 'The username has changed since.' },
    { state: 'sent' },
  ]);
});

test('who is disabled when the mail could leave gets none, and their invitation says why', async () => {
  const user = await inviteInVain();
  await change('setUserEnabled', { id: user.id, enabled: false });
  await sendAll();
  expect(sink.mails).toEqual([]);
  expect(await stateOf(user)).toMatchObject({
    state: 'FAILED',
    reason: 'The user was disabled before it could be sent.',
    sentAt: null,
  });
  const [mail] = await mailsOf(user);
  expect(mail).toMatchObject({ content: '', claim: null });
});

test('who is enabled again before the mail could leave gets it', async () => {
  const user = await inviteInVain();
  await change('setUserEnabled', { id: user.id, enabled: false });
  await change('setUserEnabled', { id: user.id, enabled: true });
  await sendAll();
  expect(sink.mailsTo(user.username)).toHaveLength(1);
});

test('a disabled user whose username is corrected is not invited at either', async () => {
  const user = await inviteInVain();
  await change('setUserEnabled', { id: user.id, enabled: false });
  await change('updateUser', { id: user.id, username: `right-${user.username}` });
  await sendAll();
  expect(sink.mails).toEqual([]);
  expect(await stateOf(user)).toMatchObject({ state: 'FAILED', reason: 'The username has changed since.' });
});

test('who has signed in meanwhile is not invited any more', async () => {
  const user = await inviteInVain();
  await signIn(service, user);
  await sendAll();
  expect(sink.mails).toEqual([]);
  expect(await stateOf(user)).toMatchObject({ state: 'ACCEPTED' });
});

test('an invitation goes to the present username, whichever way it came to be', async () => {
  const user = await inviteInVain();
  const username = `right-${user.username}`;
  const columns = identityColumns({ firstName: 'Hilda', lastName: 'Wangel', username, phone: null });
  await transaction(service.app.database, (tx) => tx.update(User, { id: rowIdOf(user.id) }, columns));
  await sendAll();
  expect(sink.mailsTo(user.username)).toEqual([]);
  expect(sink.mailsTo(username)[0]!.text).toContain('Hello Hilda Wangel,');
  expect(await stateOf(user)).toMatchObject({ state: 'SENT' });
});

test('SENT tells of the present username only, also when nobody was told of the new one', async () => {
  const user = await invite();
  await until(async () => (await stateOf(user))?.state === 'SENT', 'the state to be SENT');
  await change('setUserEnabled', { id: user.id, enabled: false });
  await change('updateUser', { id: user.id, username: `right-${user.username}` });
  expect(await stateOf(user)).toMatchObject({
    state: 'FAILED',
    reason: 'The username has changed since.',
    sentAt: null,
  });
});

describe('a link for a new password that waits for the mail server', () => {
  let user: Person;
  const links = async () => (await mailsOf(user)).filter(({ kind }) => kind === 'password_reset');

  beforeEach(async () => {
    user = await buildPerson(service, organization, 'agent');
    await sink.goDown();
    await service.graphql(
      `mutation ($username: String!) { requestPasswordReset(input: { username: $username }) { userErrors { code } } }`,
      { username: user.username },
    );
    await until(async () => (await links()).some(({ attempts }) => attempts === 1), 'an attempt');
  });

  const ENDS: Record<string, () => Promise<void>> = {
    'another username': () => change('updateUser', { id: user.id, username: `new-${user.username}` }),
    'another password': () => change('updateUser', { id: user.id, password: 'Battery-Staple' }),
    'being disabled': () => change('setUserEnabled', { id: user.id, enabled: false }),
    time: async () => service.advance(HOUR),
  };

  test.each(Object.keys(ENDS))('is not sent after what ends it: %s', async (end) => {
    await ENDS[end]!();
    await sendAll();
    const subjects = sink.mails.map(({ headers }) => headers.subject);
    expect(subjects).not.toContain('Set a new password');
    expect(await links()).toMatchObject([
      { state: 'failed', content: '', last_error: 'Its link stopped working before it could be sent.' },
    ]);
  });

  test('is sent to who waits for it', async () => {
    await sink.comeBack();
    service.advance(20_000);
    const [mail] = await sink.received(user.username);
    expect(mail!.headers.subject).toBe('Set a new password');
  });
});

test('a user who has signed in before is told of their new username at both addresses', async () => {
  const user = await buildPerson(service, organization, 'agent');
  await change('updateUser', { id: user.id, username: `new-${user.username}` });
  for (const address of [user.username, `new-${user.username}`]) {
    const [mail] = await sink.received(address);
    expect(mail!.headers.subject).toBe('Your username was changed');
  }
});
