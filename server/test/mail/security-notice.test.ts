import { buildOrganization, buildPerson, buildUser, type BuiltOrganization, type Person } from '../builders';
import { startService, type TestService } from '../harness';
import { mutate, type UserMutation } from '../user-mutations';
import { startSink, type SmtpSink } from './smtp-sink';

let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config });
  organization = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, organization, 'administrator');
});

async function change(mutation: UserMutation, input: Record<string, unknown>): Promise<void> {
  const { problems } = await mutate(service, administrator.token, mutation, input);
  expect(problems).toEqual([]);
}

async function subjectsTo(recipient: string, count: number): Promise<string[]> {
  return (await sink.received(recipient, count)).map(({ headers }) => headers.subject!).sort();
}

test('a user is told that their password was changed, but not to what', async () => {
  const user = await buildUser(service, organization);
  await change('updateUser', { id: user.id, password: 'Administrators-Choice' });
  const [mail] = await sink.received(user.username);
  expect(mail!.headers.subject).toBe('Your password was changed');
  expect(mail!.text).toMatch(
    /^Hello Sam Sample \d+,\n\nThe password was changed for user\d+@example\.com at Acme on .+ UTC\.$/m,
  );
  expect(mail!.raw).not.toContain('Administrators-Choice');
});

test('a new username is told to the old address and to the new one', async () => {
  const user = await buildUser(service, organization, { lastSignInAt: new Date() });
  const username = `new-${user.username}`;
  await change('updateUser', { id: user.id, username, password: 'Administrators-Choice' });
  expect(await subjectsTo(user.username, 2)).toEqual([
    'Your password was changed',
    'Your username was changed',
  ]);
  expect(await subjectsTo(username, 1)).toEqual(['Your username was changed']);
  expect(sink.mailsTo(username)[0]!.text).toContain(`from ${user.username} to ${username}`);
});

test('a user is told that two-factor authentication was turned off', async () => {
  const user = await buildUser(service, organization, { mfaEnabled: true });
  await change('resetMfa', { id: user.id, newPassword: 'Administrators-Choice' });
  const [mail] = await sink.received(user.username);
  expect(mail!.headers.subject).toBe('Two-factor authentication was turned off');
  expect(mail!.text).toContain('was turned off and the password was changed');
  expect(mail!.raw).not.toContain('Administrators-Choice');
});

test('nothing is told of changes that open no account', async () => {
  const user = await buildUser(service, organization);
  await change('updateUser', { id: user.id, firstName: 'Samuel', forceMfa: true, forcePasswordReset: true });
  await change('updateUser', { id: user.id, username: user.username });
  await change('setUserEnabled', { id: user.id, enabled: false });
  const witness = await buildUser(service, organization);
  await change('updateUser', { id: witness.id, password: 'Administrators-Choice' });
  await sink.received(witness.username);
  expect(sink.mailsTo(user.username)).toEqual([]);
});
