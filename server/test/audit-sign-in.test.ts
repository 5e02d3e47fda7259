import { listEvents, type LoggedEvent } from './audit-log';
import { makeAuditWritesFail } from './audit-rows';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  signIn,
  type BuiltOrganization,
} from './builders';
import { cheapHash, FREE_ATTEMPTS, attempt, failToSignIn, WRONG } from './failed-attempts';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { until } from './mail/smtp-sink';
import { alignClock, buildMfaUser, wrongCode } from './mfa-builders';
import { answerChallenge, beginSignIn, challengeOf, signInWithCode } from './sign-in-steps';
import { rowsOf } from './stored-rows';

let service: TestService;
let acme: BuiltOrganization;
let auditor: string;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
});
beforeEach(async () => {
  alignClock(service);
  auditor = (await buildPerson(service, acme, 'administrator')).token;
});

const about = async ({ id }: { id: string }): Promise<readonly LoggedEvent[]> =>
  (await listEvents(service, auditor, { filter: { targetId: id }, first: 100 })).nodes;

/** The events about a user, newest first, once there are so many: failures come after the answer. */
async function eventually(user: { id: string }, count: number): Promise<readonly LoggedEvent[]> {
  await until(async () => (await about(user)).length >= count, `${count} events`);
  return about(user);
}

test('a sign-in in several steps is one event, once the session is open', async () => {
  const user = await buildMfaUser(service, acme);
  await challengeOf(service, user);
  expect(await about(user)).toEqual([]);
  await signInWithCode(service, user);
  expect(await about(user)).toMatchObject([
    {
      action: 'USER_SIGNED_IN',
      actor: { type: 'USER', actorId: user.id, name: user.username, user: { id: user.id } },
      target: { type: 'USER', targetId: user.id, name: user.username },
      changes: [],
      ipAddress: '127.0.0.1',
    },
  ]);
});

test('a wrong password is an event of nobody known, from that address', async () => {
  const trusting = await startService({ trustedProxies: ['127.0.0.1'] });
  const organization = await buildOrganization(trusting);
  const { token } = await buildPerson(trusting, organization, 'administrator');
  const user = await buildUser(trusting, organization);
  await attempt(trusting, { username: user.username, password: WRONG, from: '203.0.113.7' });
  const filter = { targetId: user.id };
  const read = async () => (await listEvents(trusting, token, { filter })).nodes;
  await until(async () => (await read()).length > 0, 'the event');
  expect(await read()).toMatchObject([
    {
      action: 'USER_SIGN_IN_FAILED',
      actor: { type: 'ANONYMOUS', actorId: null, name: '', user: null },
      target: { type: 'USER', targetId: user.id, name: user.username, user: { id: user.id } },
      changes: [{ field: 'reason', before: null, after: 'password' }],
      ipAddress: '203.0.113.7',
    },
  ]);
});

test('the sign-in of a disabled user fails in the audit log too', async () => {
  const user = await buildUser(service, acme, { enabled: false });
  expect((await beginSignIn(service, user)).problems).toEqual(['input INVALID_CREDENTIALS']);
  expect(await eventually(user, 1)).toMatchObject([
    { action: 'USER_SIGN_IN_FAILED', changes: [{ field: 'reason', before: null, after: 'disabled' }] },
  ]);
});

test.each([
  ['mfaCode', (secret: string) => wrongCode(service, secret)],
  ['recoveryCode', () => 'aaaa-bbbb-cccc'],
])('a wrong %s is an event that says so', async (field, wrong) => {
  const user = await buildMfaUser(service, acme);
  const challengeToken = await challengeOf(service, user);
  const { session } = await answerChallenge(service, { challengeToken, [field]: wrong(user.secret) });
  expect(session).toBeNull();
  expect(await eventually(user, 1)).toMatchObject([
    { action: 'USER_SIGN_IN_FAILED', changes: [{ field: 'reason', before: null, after: field }] },
  ]);
});

test('a wrong password for a change is an event of this user', async () => {
  const user = await buildPerson(service, acme, 'agent');
  const change = `mutation { changePassword(input: { currentPassword: "${WRONG}", newPassword: "Other-Horse" }) {
    userErrors { code } } }`;
  await service.graphql(change, {}, user);
  const [event] = await eventually(user, 2);
  expect(event).toMatchObject({
    action: 'USER_REAUTHENTICATION_FAILED',
    actor: { type: 'USER', actorId: user.id },
    changes: [{ field: 'reason', before: null, after: 'password' }],
  });
});

test('an attempt with a username that no one has is in no audit log', async () => {
  const before = await rowsOf(service, 'audit_event');
  const other = await startAnotherInstance(service);
  await attempt(other, { username: 'nobody@example.com', password: WRONG });
  await other.stop();
  expect(await rowsOf(service, 'audit_event')).toEqual(before);
});

test('a failed attempt is answered before its event is written, and whether or not it can be', async () => {
  const user = await buildUser(service, acme);
  const allow = await makeAuditWritesFail(service);
  const refused = await attempt(service, { username: user.username, password: WRONG }).finally(allow);
  expect(refused.bytes).toEqual((await attempt(service, { username: 'nobody@', password: WRONG })).bytes);
});

test('a stop waits for the failures that are still to be written', async () => {
  const user = await buildUser(service, acme);
  const other = await startAnotherInstance(service);
  await attempt(other, { username: user.username, password: WRONG });
  await other.stop();
  expect((await about(user)).map(({ action }) => action)).toEqual(['USER_SIGN_IN_FAILED']);
});

test('however many attempts: an event for each that counted, one for the lock, none for the refused', async () => {
  const user = await buildUser(service, acme, { passwordHash: await cheapHash() });
  const attacked = await startAnotherInstance(service);
  attacked.advance(service.now().getTime() - attacked.now().getTime());
  attacked.stopClock();
  const lockOf = (milliseconds: number) => {
    const until = new Date(attacked.now().getTime() + milliseconds);
    return { field: 'lockedUntil', before: null, after: until.toISOString() };
  };
  const first = lockOf(1000);
  await Promise.all(
    Array.from({ length: 5 }, () => failToSignIn(attacked, FREE_ATTEMPTS, { username: user.username })),
  );
  attacked.advance(2000);
  const second = lockOf(2000);
  await failToSignIn(attacked, 5, { username: user.username });
  await attacked.stop();

  const events = await about(user);
  const changesOf = (wanted: string) =>
    events.filter(({ action }) => action === wanted).map(({ changes }) => changes);
  const reason = { field: 'reason', before: null, after: 'password' };
  const failures = changesOf('USER_SIGN_IN_FAILED');
  expect(failures).toHaveLength(FREE_ATTEMPTS + 1);
  expect(failures[0]).toEqual([reason, second]);
  expect(failures).toContainEqual([reason, first]);
  expect(failures.filter((changes) => changes.length === 1)).toHaveLength(FREE_ATTEMPTS - 1);
  expect(changesOf('USER_LOCKED')).toEqual([[first]]);
  expect(events).toHaveLength(FREE_ATTEMPTS + 2);
});

describe('signing out', () => {
  const SIGN_OUT = 'mutation { signOut { userErrors { code } } }';
  const ownEvents = async (user: { id: string }) =>
    (await about(user)).filter(({ action }) => action === 'USER_SIGNED_OUT');

  test('is one event for each time, also with token and cookie of two sessions', async () => {
    const user = await buildUser(service, acme);
    const { accessToken } = await signIn(service, user);
    const browser = await beginSignIn(service, user, { withRefreshToken: false });
    const cookie = browser.cookies.map((text) => text.split(';')[0]).join('; ');
    await service.graphql(SIGN_OUT, {}, { token: accessToken, headers: { cookie } });
    expect(await ownEvents(user)).toMatchObject([
      {
        actor: { type: 'USER', actorId: user.id },
        target: { targetId: user.id, name: user.username },
        changes: [],
      },
    ]);
    expect((await rowsOf(service, 'session')).filter((row) => row.user_id === rowIdOf(user.id))).toEqual([
      expect.objectContaining({ ended_at: expect.anything() }),
      expect.objectContaining({ ended_at: expect.anything() }),
    ]);
  });

  test('is none without a session, or when it has ended already', async () => {
    const { id, token } = await buildPerson(service, acme, 'agent');
    await service.graphql(SIGN_OUT, {}, { token });
    const before = await rowsOf(service, 'audit_event');
    await service.graphql(SIGN_OUT, {}, { token });
    await service.graphql(SIGN_OUT);
    expect(await rowsOf(service, 'audit_event')).toEqual(before);
    expect(await ownEvents({ id })).toHaveLength(1);
  });
});

test('signing in is no edit: a conflict names what was edited, and nothing else', async () => {
  const user = await buildUser(service, acme);
  const edit = async (input: string) => {
    const document = `mutation { updateUser(input: { id: "${user.id}", ${input} }) { userErrors { code field } } }`;
    const { data } = await service.graphql(document, {}, { token: auditor });
    return data.updateUser.userErrors as unknown[];
  };
  expect(await edit('expectedVersion: 1, phone: "112"')).toEqual([]);
  await attempt(service, { username: user.username, password: WRONG });
  await signIn(service, user);
  await eventually(user, 3);
  expect(await edit('expectedVersion: 1, firstName: "Ada"')).toEqual([
    { code: 'CONFLICT', field: ['input', 'phone'] },
  ]);
});
