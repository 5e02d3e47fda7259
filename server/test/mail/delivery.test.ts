import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transaction } from '../../src/database/transaction';
import { MAIL_TO_FILES } from '../../src/config/mail-config';
import { OutgoingMail } from '../../src/mail/outgoing-mail.entity';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  signIn,
  type BuiltOrganization,
  type Person,
} from '../builders';
import { openToOthers } from '../file-modes';
import { startService, type TestService } from '../harness';
import { rowsOf } from '../stored-rows';
import { invitationOf, inviteUser } from './invited-users';
import { readMessage } from './read-message';
import { sharedDatabase } from './shared-database';
import { startSink, until, type SmtpSink } from './smtp-sink';

const HOUR = 3_600_000;

interface Scene {
  readonly sink: SmtpSink;
  readonly service: TestService;
  readonly organization: BuiltOrganization;
  readonly administrator: Person;
}

async function sceneOf(service: TestService, sink: SmtpSink): Promise<Scene> {
  const organization = await buildOrganization(service);
  const administrator = await buildPerson(service, organization, 'administrator');
  return { sink, service, organization, administrator };
}

async function scene(sink: SmtpSink, overrides: Partial<TestService['config']> = {}): Promise<Scene> {
  return sceneOf(await startService({ mail: sink.config, ...overrides }), sink);
}

const invite = ({ service, administrator, organization }: Scene, changed?: Record<string, unknown>) =>
  inviteUser(service, administrator.token, organization, changed);

const stateOf = async ({ service, administrator }: Scene, { id }: { id: string }) =>
  (await invitationOf(service, administrator.token, id))!;

async function untilTried({ service }: Scene, { id }: { id: string }, attempts = 1): Promise<void> {
  await until(async () => {
    const mail = (await rowsOf(service, 'outgoing_mail')).find(({ user_id }) => user_id === rowIdOf(id));
    return Number(mail?.attempts) >= attempts;
  }, `${attempts} attempts`);
}

test('while the mail server is down mails wait, and leave when it is back', async () => {
  const set = await scene(await startSink());
  await set.sink.goDown();
  const users = [await invite(set), await invite(set), await invite(set)];
  for (const user of users) {
    await untilTried(set, user);
    expect(await stateOf(set, user)).toMatchObject({ state: 'QUEUED', reason: null, sentAt: null });
  }
  await set.sink.comeBack();
  set.service.advance(20_000);
  for (const user of users) {
    await set.sink.received(user.username);
    await until(async () => (await stateOf(set, user)).state === 'SENT', 'the state to be SENT');
  }
});

test('a recipient that is refused fails at once with the reason, and the others get their mails', async () => {
  const set = await scene(await startSink({ refuse: (to) => (to.startsWith('nobody') ? 550 : null) }));
  const [nobody, someone] = [await invite(set, { username: 'nobody@example.com' }), await invite(set)];
  await set.sink.received(someone.username);
  await until(async () => (await stateOf(set, nobody)).state === 'FAILED', 'the state to be FAILED');
  expect(await stateOf(set, nobody)).toMatchObject({
    reason: expect.stringMatching(/^The mail server refused it: 550 .*No such mailbox/),
    sentAt: null,
  });
  const [failed] = await rowsOf(set.service, 'outgoing_mail');
  expect(failed).toMatchObject({ attempts: 1, content: '', claim: null });
});

test('a recipient that is refused for now gets the mail later, as the same mail', async () => {
  const set = await scene(await startSink({ refuse: () => 451 }));
  const user = await invite(set);
  await untilTried(set, user);
  expect(await stateOf(set, user)).toMatchObject({ state: 'QUEUED' });
  set.sink.options.refuse = () => null;
  set.sink.options.refuseText = 452;
  set.service.advance(20_000);
  await untilTried(set, user, 2);
  set.sink.options.refuseText = null;
  set.service.advance(80_000);
  expect(await set.sink.received(user.username)).toHaveLength(1);
});

test('a text that is refused for good fails', async () => {
  const set = await scene(await startSink({ refuseText: 554 }));
  const user = await invite(set);
  await until(async () => (await stateOf(set, user)).state === 'FAILED', 'the state to be FAILED');
});

test('the last attempt fails', async () => {
  const set = await scene(await startSink());
  await set.sink.goDown();
  const user = await invite(set);
  await untilTried(set, user);
  await transaction(set.service.app.database, (tx) =>
    tx.update(OutgoingMail, { userId: rowIdOf(user.id) }, { attempts: 8 }),
  );
  set.service.advance(5 * HOUR);
  await untilTried(set, user, 9);
  expect(await rowsOf(set.service, 'outgoing_mail')).toMatchObject([{ state: 'queued', attempts: 9 }]);
  set.service.advance(5 * HOUR);
  await untilTried(set, user, 10);
  expect(await rowsOf(set.service, 'outgoing_mail')).toMatchObject([
    { state: 'failed', attempts: 10, content: '', last_error: 'The mail server could not be reached.' },
  ]);
});

test('a slow mail server slows no answer, and a stop that has waited long enough puts its mails back', async () => {
  const sink = await startSink({ delay: 30_000 });
  const database = await sharedDatabase();
  const set = await scene(sink, { database });
  const users = [];
  for (let count = 0; count < 10; count += 1) {
    const started = performance.now();
    users.push(await invite(set));
    expect(performance.now() - started).toBeLessThan(3000);
  }
  expect(await stateOf(set, users[0]!)).toMatchObject({ state: 'QUEUED' });
  const stopped = performance.now();
  await set.service.stop();
  expect(performance.now() - stopped).toBeLessThan(10_000);

  sink.options.delay = 0;
  const next = await startService({ database, mail: sink.config });
  next.advance(HOUR);
  for (const { username } of users) await sink.received(username);
}, 60_000);

test('credentials never travel without TLS', async () => {
  const sink = await startSink({ asksForSignIn: true });
  const auth = { user: 'me', pass: 'hunter2' };
  const mail = { ...sink.config, smtp: { ...sink.config.smtp!, auth } };
  const set = await scene(sink, { mail });
  const user = await invite(set);
  await untilTried(set, user);
  expect(await stateOf(set, user)).toMatchObject({ state: 'QUEUED' });
  expect(sink.signIns).toEqual([]);
  expect(sink.mails).toEqual([]);
});

test('what was queued under another SECRET fails, and says why', async () => {
  const sink = await startSink();
  const database = await sharedDatabase();
  const before = await scene(sink, { database });
  await sink.goDown();
  const user = await invite(before);
  await untilTried(before, user);
  await before.service.stop();

  await sink.comeBack();
  const service = await startService({ database, mail: sink.config, secret: 'x'.repeat(32) });
  service.advance(HOUR);
  const { accessToken } = await signIn(service, before.administrator);
  const state = () => invitationOf(service, accessToken, user.id);
  await until(async () => (await state())!.state === 'FAILED', 'the state to be FAILED');
  expect(await state()).toMatchObject({ reason: expect.stringContaining('SECRET') });
});

test('without a mail server every mail is a file that only its owner may read, and a line says where', async () => {
  const lines: string[] = [];
  const service = await startService({ mail: MAIL_TO_FILES }, { print: (line) => lines.push(line) });
  const set = await sceneOf(service, await startSink());
  const user = await invite(set);
  const folder = join(set.service.config.dataFolder, 'mail');
  await until(async () => (await stateOf(set, user)).state === 'SENT', 'the file to be written');
  const [file] = readdirSync(folder);
  expect(file).toMatch(/^[\dTZ-]+-invitation-[0-9a-f]{8}\.eml$/);
  expect(readMessage(readFileSync(join(folder, file!), 'latin1'))).toMatchObject({
    headers: { to: user.username, from: 'Rolecall <rolecall@localhost>' },
    text: expect.stringContaining('Hello Hedda Gabler,'),
  });
  expect(openToOthers(join(folder, file!))).toBe(0);
  expect(lines).toEqual([`Mail (invitation) written to ${join(folder, file!)}`]);
});
