import { claimDueMails } from '../../src/mail/outbox';
import { buildOrganization, buildPerson, buildUser } from '../builders';
import { startService } from '../harness';
import { attemptsEnded } from './attempts-ended';
import { resendInvitation } from './invited-users';
import { sharedDatabase } from './shared-database';
import { startSink, until } from './smtp-sink';

const MAILS = 200;

test('of two instances with 200 mails to send, each mail is sent by one of them, once', async () => {
  const sink = await startSink({ delay: 50 });
  await sink.goDown();
  const database = await sharedDatabase();
  const instances = [
    await startService({ database, mail: sink.config }),
    await startService({ database, mail: sink.config }),
  ] as const;
  const organization = await buildOrganization(instances[0]);
  const { token } = await buildPerson(instances[0], organization, 'administrator');
  const usernames: string[] = [];
  for (let count = 0; count < MAILS; count += 1) {
    const { id, username } = await buildUser(instances[0], organization);
    usernames.push(username);
    expect(await resendInvitation(instances[count % 2]!, token, id)).toEqual([]);
  }
  await sink.comeBack();
  await attemptsEnded(instances[0]);
  for (const instance of instances) instance.advance(600_000);
  await until(() => sink.mails.length >= MAILS, 'every mail');
  for (const instance of instances) await instance.stop();

  expect(sink.mails.map(({ recipients }) => recipients.join()).sort()).toEqual([...usernames].sort());
  expect(new Set(sink.mails.map(({ headers }) => headers['message-id'])).size).toBe(MAILS);
  // More than one instance ever opens.
  expect(sink.busiest()).toBeGreaterThan(5);
}, 90_000);

test('of twenty who reach for the same mails at the same time, on two instances, each mail goes to one', async () => {
  const sink = await startSink();
  await sink.goDown();
  const database = await sharedDatabase();
  const instances = [
    await startService({ database, mail: sink.config }),
    await startService({ database, mail: sink.config }),
  ] as const;
  const organization = await buildOrganization(instances[0]);
  const { token } = await buildPerson(instances[0], organization, 'administrator');
  for (let count = 0; count < 12; count += 1) {
    const { id } = await buildUser(instances[0], organization);
    expect(await resendInvitation(instances[0], token, id)).toEqual([]);
  }
  // Their own dispatchers are still waiting then.
  const later = new Date(Date.now() + 600_000);
  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, count) => claimDueMails(instances[count % 2]!.app.database, later, 5)),
  );
  const ids = claims.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(5);
  expect(new Set(ids).size).toBe(ids.length);
});
