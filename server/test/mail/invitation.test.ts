import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type Person,
} from '../builders';
import { startService, type TestService } from '../harness';
import { rowsOf } from '../stored-rows';
import { mutate } from '../user-mutations';
import { invitationOf, inviteUser, newUser, resendInvitation } from './invited-users';
import { SENDER, startSink, until, type SmtpSink } from './smtp-sink';

const ORGANIZATION = 'Krüger & Söhne <GmbH>';
let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config, publicUrl: 'https://users.example.com' });
  organization = await buildOrganization(service, ORGANIZATION);
  administrator = await buildPerson(service, organization, 'administrator');
});

const invite = (changed?: Record<string, unknown>) =>
  inviteUser(service, administrator.token, organization, changed);
const stateOf = async (id: string) => (await invitationOf(service, administrator.token, id))?.state;

test('a new user gets a mail with their name, their organization and a link, but without the password', async () => {
  const { username } = await invite({ username: 'hedda+1@example.com' });
  const [mail] = await sink.received(username);
  expect(mail!.from).toBe(SENDER);
  expect(mail!.recipients).toEqual([username]);
  expect(mail!.headers).toMatchObject({
    from: `Rolecall <${SENDER}>`,
    to: username,
    subject: `Your account at ${ORGANIZATION}`,
    'auto-submitted': 'auto-generated',
    'message-id': expect.stringMatching(/^<[0-9a-f]{32}@rolecall\.example>$/),
  });
  const link = 'https://users.example.com/sign-in?username=hedda%2B1%40example.com';
  expect(mail!.text).toContain('Hello Hedda Gabler,');
  expect(mail!.text).toContain(ORGANIZATION);
  expect(mail!.text).toContain(link);
  expect(mail!.html).toContain('Hello Hedda Gabler,');
  expect(mail!.html).toContain('Krüger &amp; Söhne &lt;GmbH&gt;');
  expect(mail!.html).toContain(`href="${link}"`);
  expect(mail!.html).not.toMatch(/<img|<script|src=|<link|@import/i);
  for (const content of [mail!.text, mail!.html, mail!.raw]) expect(content).not.toContain(PASSWORD);
});

const EVIL_NAMES = [
  '"Eve" <eve@evil.example>',
  'Bob, Eve; :',
  '<b onclick="x">&amp;</b>',
  "O'Neil =?utf-8?q?x?=",
];

test.each(EVIL_NAMES)('a user called %s gets only their own mail, and the name stays text', async (name) => {
  const { username } = await invite({ firstName: name, lastName: name });
  const [mail] = await sink.received(username);
  expect(mail!.recipients).toEqual([username]);
  expect(mail!.headers.to).toBe(username);
  expect(mail!.text).toContain(`Hello ${name} ${name},`);
  expect(mail!.html).not.toMatch(/<b |<eve/);
  expect(sink.mailsTo('eve@evil.example')).toEqual([]);
});

test.each(['firstName', 'lastName', 'username'])('%s with a line break is refused', async (field) => {
  const input = newUser(organization, { [field]: 'hedda\r\nBcc: eve@evil.example' });
  const { problems } = await mutate(service, administrator.token, 'createUser', input);
  expect(problems).toContain(`input.${field} INVALID_CHARACTERS`);
});

test('line breaks that got into the database by another way begin no header and no line', async () => {
  const evil = await buildOrganization(service, 'Acme\r\nBcc: eve@evil.example\r\n\r\nHello');
  const { token } = await buildPerson(service, evil, 'administrator');
  const user = await buildUser(service, evil, {
    firstName: 'Hedda\r\n.\r\nMAIL FROM:<eve@evil.example>',
    lastName: 'x\u2028y\u202Ez',
  });
  expect(await resendInvitation(service, token, user.id)).toEqual([]);
  const [mail] = await sink.received(user.username);
  expect(mail!.recipients).toEqual([user.username]);
  expect(mail!.headers.subject).toBe('Your account at Acme Bcc: eve@evil.example Hello');
  expect(mail!.headers).not.toHaveProperty('bcc');
  expect(mail!.text.split('\n')[0]).toBe('Hello Hedda . MAIL FROM:<eve@evil.example> x y z,');
  expect(sink.mailsTo('eve@evil.example')).toEqual([]);
});

test.each([
  '"a,eve@evil.example"@example.com',
  '"x> <eve@evil.example"@example.com',
  "o'neil+%s@example.com",
])('a mail to %s goes nowhere else', async (username) => {
  const { user } = await mutate(
    service,
    administrator.token,
    'createUser',
    newUser(organization, { username }),
  );
  if (user) await until(async () => (await stateOf(user.id)) !== 'QUEUED', 'the mail to be dealt with');
  for (const { recipients } of sink.mails) expect(recipients).toHaveLength(1);
  expect(sink.mailsTo('eve@evil.example')).toEqual([]);
});

test('a user that could not be created is not invited', async () => {
  const { username } = await invite();
  await sink.received(username);
  const before = await rowsOf(service, 'outgoing_mail');
  const taken = newUser(organization, { username: username.toUpperCase() });
  const { problems } = await mutate(service, administrator.token, 'createUser', taken);
  expect(problems).toEqual(['input.username USERNAME_TAKEN']);
  expect(await rowsOf(service, 'outgoing_mail')).toHaveLength(before.length);
  expect(sink.mailsTo(username)).toHaveLength(1);
});

test('an invitation is sent, then accepted by the first sign-in', async () => {
  const user = await invite();
  await until(async () => (await stateOf(user.id)) === 'SENT', 'the invitation to be sent');
  const sent = await invitationOf(service, administrator.token, user.id);
  expect(sent).toEqual({
    state: 'SENT',
    reason: null,
    queuedAt: expect.any(String),
    sentAt: expect.any(String),
  });
  expect(Date.parse(sent!.sentAt!)).toBeGreaterThanOrEqual(Date.parse(sent!.queuedAt));
  await signIn(service, user);
  expect(await invitationOf(service, administrator.token, user.id)).toEqual({ ...sent, state: 'ACCEPTED' });
});

test('who was never invited has no invitation', async () => {
  const user = await buildUser(service, organization);
  expect(await invitationOf(service, administrator.token, user.id)).toBeNull();
});

test('an invitation is sent again, to the address that the user has now', async () => {
  const user = await invite();
  await sink.received(user.username);
  const username = `new-${user.username}`;
  await mutate(service, administrator.token, 'updateUser', { id: user.id, username });
  await sink.received(username);
  expect(await resendInvitation(service, administrator.token, user.id)).toEqual([]);
  const invitations = await sink.received(username, 2);
  expect(invitations.map(({ headers }) => headers.subject)).toEqual(
    Array<string>(2).fill(`Your account at ${ORGANIZATION}`),
  );
  expect(invitations[1]!.text).toContain(encodeURIComponent(username));
  const events = await rowsOf(service, 'audit_event');
  expect(events.at(-1)).toMatchObject({
    action: 'user.invitation_resent',
    target_id: rowIdOf(user.id),
    actor_user_id: rowIdOf(administrator.id),
  });
});

test('an invitation that is still waiting is withdrawn when it is sent again', async () => {
  await sink.goDown();
  const user = await invite();
  const mails = async () =>
    (await rowsOf(service, 'outgoing_mail')).filter((row) => row.user_id === rowIdOf(user.id));
  await until(async () => (await mails())[0]!.attempts === 1, 'an attempt');
  expect(await resendInvitation(service, administrator.token, user.id)).toEqual([]);
  expect(await mails()).toMatchObject([
    { state: 'failed', content: '', last_error: 'A later mail replaced it.' },
    { state: 'queued' },
  ]);
  await sink.comeBack();
});

test('an invitation is sent again only to who is enabled and has not signed in', async () => {
  const user = await invite();
  await mutate(service, administrator.token, 'setUserEnabled', { id: user.id, enabled: false });
  expect(await resendInvitation(service, administrator.token, user.id)).toEqual(['input.id USER_DISABLED']);
  await mutate(service, administrator.token, 'setUserEnabled', { id: user.id, enabled: true });
  await signIn(service, user);
  expect(await resendInvitation(service, administrator.token, user.id)).toEqual([
    'input.id INVITATION_ACCEPTED',
  ]);
});

test('no one invites a user with permissions that they lack, or of another organization', async () => {
  const roleId = await buildRole(service, organization, 'receptionist', ['view_users', 'add_user']);
  const receptionist = await buildPerson(service, organization, 'viewer', { roleId });
  const manager = await buildUser(service, organization, { role: 'manager' });
  const foreigner = await buildUser(service, await buildOrganization(service));
  expect(await resendInvitation(service, receptionist.token, manager.id)).toEqual([
    'input.id USER_EXCEEDS_YOUR_PERMISSIONS',
  ]);
  for (const id of [foreigner.id, '0', 'x', '1abc']) {
    expect(await resendInvitation(service, receptionist.token, id)).toEqual(['input.id USER_NOT_FOUND']);
  }
  expect(sink.mailsTo(manager.username)).toEqual([]);
  expect(sink.mailsTo(foreigner.username)).toEqual([]);
});

test('the answer whether an invitation can be sent again is the one that the mutation gives', async () => {
  const roleId = await buildRole(service, organization, 'clerk', ['view_users', 'add_user']);
  const clerk = await buildPerson(service, organization, 'viewer', { roleId });
  const viewer = await buildPerson(service, organization, 'viewer');
  const { id } = await buildUser(service, organization, { role: 'viewer' });
  const ask = async (token: string, userId: string) => {
    const { data } = await service.graphql(
      `query ($id: ID!) { user(id: $id) { viewerCanResendInvitation viewerCannotResendInvitationReasons } }`,
      { id: userId },
      { token },
    );
    return data.user as { viewerCanResendInvitation: boolean; viewerCannotResendInvitationReasons: string[] };
  };
  expect(await ask(clerk.token, id)).toEqual({
    viewerCanResendInvitation: true,
    viewerCannotResendInvitationReasons: [],
  });
  expect(await ask(viewer.token, clerk.id)).toEqual({
    viewerCanResendInvitation: false,
    viewerCannotResendInvitationReasons: [
      'MISSING_PERMISSION',
      'USER_EXCEEDS_YOUR_PERMISSIONS',
      'INVITATION_ACCEPTED',
    ],
  });
});

test('the invitations of a whole page take one statement', async () => {
  await Promise.all(Array.from({ length: 20 }, () => invite()));
  const query = jest.spyOn(service.app.database.reader, 'query');
  const { data } = await service.graphql(
    '{ users(first: 50) { nodes { username invitation { state } } } }',
    {},
    administrator,
  );
  const statements = query.mock.calls.filter(([sql]) => sql.includes('outgoing_mail'));
  query.mockRestore();
  const users = data.users.nodes as { invitation: object | null }[];
  expect(users.filter(({ invitation }) => invitation !== null).length).toBeGreaterThan(20);
  expect(statements).toHaveLength(1);
});
