import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transaction } from '../src/database/transaction';
import { deleteOldMailFiles } from '../src/mail/delete-old-mail-files';
import { deleteOldMails } from '../src/mail/delete-old-mails';
import { createFileTransport } from '../src/mail/file-transport';
import { deleteOldTokens } from '../src/one-time-token/delete-old-tokens';
import { deleteOldSessions } from '../src/sessions/delete-old-sessions';
import { Session } from '../src/sessions/session.entity';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  rowIdOf,
  signIn,
  type BuiltOrganization,
} from './builders';
import { startService, type TestService } from './harness';
import { inviteUser } from './mail/invited-users';
import { startSink, until } from './mail/smtp-sink';
import { issuePasswordLink } from './password-links';
import { rowsOf } from './stored-rows';
import { isSignedIn } from './sign-in-steps';

const DAY = 86_400_000;

let service: TestService;
let organization: BuiltOrganization;

beforeAll(async () => {
  service = await startService({ mail: (await startSink()).config });
  organization = await buildOrganization(service);
});

type Remove = typeof deleteOldSessions;

const remove = (job: Remove, age: number) =>
  job(service.app.database, new Date(service.now().getTime() - age), new AbortController().signal);

test('sessions that ended long ago are deleted, those that might be live are not', async () => {
  const user = await buildUser(service, organization);
  await signIn(service, user);
  const sessions = async () =>
    (await rowsOf(service, 'session')).filter((row) => row.user_id === rowIdOf(user.id));
  service.advance(DAY);
  await signIn(service, user);
  expect(await sessions()).toHaveLength(2);
  await remove(deleteOldSessions, DAY);
  expect(await sessions()).toHaveLength(2);
  service.advance(DAY);
  await remove(deleteOldSessions, DAY);
  expect(await sessions()).toHaveLength(1);
});

test('links that expired long ago are deleted, used or not', async () => {
  const user = await buildUser(service, organization);
  await issuePasswordLink(service, user);
  service.advance(2 * DAY);
  await issuePasswordLink(service, user);
  const links = async () =>
    (await rowsOf(service, 'one_time_token')).filter((row) => row.user_id === rowIdOf(user.id));
  expect(await links()).toHaveLength(2);
  await remove(deleteOldTokens, DAY);
  expect(await links()).toHaveLength(1);
});

test('mails that were dealt with long ago are deleted, those that wait are not', async () => {
  const sink = await startSink();
  const other = await startService({ mail: sink.config });
  const acme = await buildOrganization(other);
  const { token } = await buildPerson(other, acme, 'administrator');
  await sink.received((await inviteUser(other, token, acme)).username);
  const states = async () => (await rowsOf(other, 'outgoing_mail')).map(({ state }) => state);
  await until(async () => (await states()).join() === 'sent', 'the mail to be sent');
  await sink.goDown();
  await inviteUser(other, token, acme);
  const later = new Date(other.now().getTime() + DAY);
  expect(await deleteOldMails(other.app.database, later, new AbortController().signal)).toBe(1);
  expect(await states()).toEqual(['queued']);
});

test('files of mails are deleted when they are as old, and nothing else in their folder is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-mail-files-'));
  const transport = createFileTransport(
    folder,
    { name: 'Rolecall', address: 'a@example.com' },
    () => undefined,
  );
  const write = (date: Date) =>
    transport.deliver(
      {
        id: 'x',
        kind: 'invitation',
        recipient: 'ada@example.com',
        subject: 'Hello',
        text: 'Hello',
        html: '',
        date,
      },
      new AbortController().signal,
    );
  const now = new Date();
  await write(new Date(now.getTime() - 2 * DAY));
  await write(now);
  const kept = [
    'notes.eml',
    '2020-01-01T00-00-00-000Z.eml',
    '2020-01-01T00-00-00-000Z-invitation-0a1b2c3d.eml.bak',
  ];
  for (const name of [...kept, '2020-01-01T00-00-00-000Z-password_reset-0a1b2c3d.eml.part'])
    writeFileSync(join(folder, name), '');
  const never = new AbortController().signal;
  const before = new Date(now.getTime() - DAY);
  expect(await deleteOldMailFiles(folder, before, never)).toBe(2);
  expect(readdirSync(folder)).toHaveLength(kept.length + 1);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(kept));
  expect(await deleteOldMailFiles(join(folder, 'nowhere'), before, never)).toBe(0);
  rmSync(folder, { recursive: true });
});

test('the oldest session ends when a user has fifty, and no other', async () => {
  const user = await buildUser(service, organization);
  const [oldest, second, third] = [
    await signIn(service, user),
    await signIn(service, user),
    await signIn(service, user),
  ];
  const now = service.now();
  const like = {
    userId: rowIdOf(user.id),
    refreshSeed: 'x'.repeat(32),
    refreshGeneration: 0,
    createdAt: now,
    refreshedAt: now,
    expiresAt: new Date(now.getTime() + DAY),
    endedAt: null,
    address: '127.0.0.1',
    userAgent: '',
  };
  await transaction(service.app.database, async (tx) => {
    const more = Array.from({ length: 47 }, () => tx.create(Session, like));
    await tx.insert(Session, more);
  });
  expect(await isSignedIn(service, oldest.accessToken)).toBe(true);
  const fiftyFirst = await signIn(service, user);
  expect(await isSignedIn(service, oldest.accessToken)).toBe(false);
  for (const { accessToken } of [second, third, fiftyFirst])
    expect(await isSignedIn(service, accessToken)).toBe(true);
  const live = (await rowsOf(service, 'session')).filter(
    (row) => row.user_id === rowIdOf(user.id) && row.ended_at === null,
  );
  expect(live).toHaveLength(50);
});

test('sign-ins at the same moment do not exceed the limit either', async () => {
  const user = await buildUser(service, organization);
  // Fewer at once than wrong passwords are allowed: each counts as one until it succeeds.
  for (let batch = 0; batch < 8; batch += 1) {
    await Promise.all(Array.from({ length: 7 }, () => signIn(service, user)));
  }
  const live = (await rowsOf(service, 'session')).filter(
    (row) => row.user_id === rowIdOf(user.id) && row.ended_at === null,
  );
  expect(live).toHaveLength(50);
});
