import { buildOrganization, buildPerson, buildUser, rowIdOf, type Person } from './builders';
import { startService, type TestService } from './harness';
import { transaction } from '../src/database/transaction';
import { OutgoingMail } from '../src/mail/outgoing-mail.entity';
import { SignInThrottle } from '../src/throttle/sign-in-throttle.entity';
import { askUsers, idsOf, listUsers, type ListArguments } from './user-list';

let service: TestService;
let manager: Person;
let viewer: Person;
const locked: string[] = [];

const HOUR = 3_600_000;

beforeAll(async () => {
  service = await startService();
  const acme = await buildOrganization(service, 'Acme');
  manager = await buildPerson(service, acme, 'manager');
  viewer = await buildPerson(service, acme, 'viewer');
  for (let hours = 1; hours <= 4; hours += 1) {
    const { id } = await buildUser(service, acme);
    locked.push(id);
    const until = new Date(service.now().getTime() + hours * HOUR);
    await transaction(service.app.database, (tx) =>
      tx.insert(SignInThrottle, {
        throttleKey: id,
        userId: rowIdOf(id),
        purpose: 'password',
        failedAt: null,
        expiresAt: until,
        blockedUntil: until,
      }),
    );
  }
});

test('an invitation that went to another spelling of the username counts as sent, as User.invitation says', async () => {
  const globex = await buildOrganization(service, 'Globex');
  const { token } = await buildPerson(service, globex, 'viewer');
  const invited = async (username: string, recipient: string) => {
    const { id } = await buildUser(service, globex, { username });
    const later = new Date(service.now().getTime() + HOUR);
    const mail = { organizationId: globex.id, userId: rowIdOf(id), kind: 'invitation' as const, recipient };
    const sent = { state: 'sent' as const, content: '', attempts: 1, claim: null, lastError: null };
    await transaction(service.app.database, (tx) =>
      tx.insert(OutgoingMail, { ...mail, ...sent, nextAttemptAt: later, createdAt: later, sentAt: later }),
    );
    return id;
  };
  const spelledAnew = await invited('Bo@bücher.example', 'bo@xn--bcher-kva.example');
  const moved = await invited('moved@example.com', 'before@example.com');
  for (const [state, ids] of Object.entries({
    SENT: [spelledAnew],
    FAILED: [moved],
    QUEUED: [],
    ACCEPTED: [],
  })) {
    const page = await listUsers(service, token, { filter: { invitationStates: [state] } });
    expect([state, idsOf(page), page.totalCount]).toEqual([state, ids, ids.length]);
  }
});

async function blamed(filter: ListArguments, token = manager.token): Promise<unknown> {
  const { errors } = await askUsers(service, token, { filter });
  if (!errors) return null;
  const { code, argument, requires } = errors[0]!.extensions;
  return code === 'FORBIDDEN' ? { requires } : argument;
}

test.each(['ids', 'usernames', 'externalIds', 'roleIds'])(
  '%s takes 100 entries and no more',
  async (name) => {
    const entries = (count: number) => ({ [name]: Array.from({ length: count }, (_, index) => `x${index}`) });
    expect(await blamed(entries(100))).toBeNull();
    expect(await blamed(entries(101))).toBe(`filter.${name}`);
  },
);

test.each(['ids', 'usernames', 'externalIds', 'roleIds', 'invitationStates'])(
  'an empty list of %s matches nobody, and null everybody',
  async (name) => {
    expect(idsOf(await listUsers(service, manager.token, { filter: { [name]: [] } }))).toEqual([]);
    expect((await listUsers(service, manager.token, { filter: { [name]: null } })).totalCount).toBe(6);
  },
);

test.each(['createdAt', 'updatedAt', 'lastSignInAt'])('%s begins before it ends', async (name) => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
  expect(await blamed({ [name]: { from: late, to: early } })).toBe(`filter.${name}`);
  expect(await blamed({ [name]: { from: early, to: early } })).toBeNull();
  expect(await blamed({ [name]: { from: early, to: late } })).toBeNull();
});

test('the ends of time are times', async () => {
  const count = async (range: object) =>
    (await listUsers(service, manager.token, { filter: { createdAt: range } })).totalCount;
  const first = '0000-01-01T00:00:00+14:00';
  const last = '9999-12-31T23:59:59-14:00';
  expect(await count({ from: first, to: last })).toBe(6);
  expect(await count({ to: first })).toBe(0);
  expect(await count({ from: last })).toBe(0);
});

test('who may not see whether users are locked may not ask for it either', async () => {
  for (const value of [true, false]) {
    expect(await blamed({ locked: value }, viewer.token)).toEqual({ requires: 'EDIT_USER' });
    expect(await blamed({ locked: value })).toBeNull();
  }
  expect(await blamed({ locked: null }, viewer.token)).toBeNull();
});

test('a cursor among locked users stays good while time passes', async () => {
  const args = { filter: { locked: true }, sort: [{ field: 'ID', direction: 'DESC' }] };
  const first = await listUsers(service, manager.token, { ...args, first: 1 });
  expect(idsOf(first)).toEqual([locked[3]]);
  service.advance(1.5 * HOUR);
  const { token } = await reSignedIn();
  const next = await listUsers(service, token, { ...args, first: 5, after: first.pageInfo.endCursor });
  expect(idsOf(next)).toEqual([locked[2], locked[1]]);
});

/** Tokens are good for ten minutes only. */
async function reSignedIn(): Promise<{ token: string }> {
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    { input: { username: manager.username, password: 'Correct-Horse' } },
  );
  return { token: data.signIn.session.accessToken as string };
}
