import { setTimeout as sleep } from 'node:timers/promises';
import { buildOrganization, buildPerson, type BuiltOrganization } from '../builders';
import { startService } from '../harness';
import { rowsOf } from '../stored-rows';
import { newUser } from './invited-users';
import { startProcess, type ServiceProcess } from './service-process';
import { sharedDatabase } from './shared-database';
import { startSink, until } from './smtp-sink';

/** Few, because each takes as long as a start; KILLS=200 shows more. */
const KILLS = Number(process.env.KILLS ?? 20);
jest.setTimeout(60_000 + KILLS * 10_000);
const CREATE_USER = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) { user { username } userErrors { code } } }`;

/** Creates users one after the other until the service is gone, and notes who was acknowledged. */
async function createUntilKilled(
  { url }: ServiceProcess,
  token: string,
  organization: BuiltOrganization,
  acknowledged: string[],
): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  try {
    for (;;) {
      const input = newUser(organization);
      const body = JSON.stringify({ query: CREATE_USER, variables: { input } });
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer = (await response.json()) as { data: { createUser: { user: object | null } } };
      if (answer.data.createUser.user) acknowledged.push(input.username);
    }
  } catch {
    // It was killed.
  }
}

test(`killed ${KILLS} times while it creates users, it mails each of them, and nobody else`, async () => {
  const sink = await startSink({ delay: 15 });
  const database = await sharedDatabase();
  const builder = await startService({ database, mail: sink.config });
  const organization = await buildOrganization(builder);
  const administrator = await buildPerson(builder, organization, 'administrator');
  await builder.stop();

  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const running = await startProcess(database, sink, 'test');
    const before = acknowledged.length;
    const lanes = [1, 2, 3].map(() =>
      createUntilKilled(running, administrator.token, organization, acknowledged),
    );
    await until(() => acknowledged.length > before, 'the first user');
    await sleep(Math.random() * 400);
    running.child.kill('SIGKILL');
    await Promise.all(lanes);
  }

  // Later, when the claims of the killed services have expired.
  const successor = await startService({ database, mail: sink.config });
  const waiting = async () =>
    (await rowsOf(successor, 'outgoing_mail')).filter(({ state }) => state === 'queued').length;
  const left = await waiting();
  successor.advance(600_000);
  await until(async () => (await waiting()) === 0, 'the outbox to be empty');

  const committed = (await rowsOf(successor, 'user'))
    .map(({ username }) => username as string)
    .filter((username) => username !== administrator.username);
  const mailed = new Set(sink.mails.flatMap(({ recipients }) => recipients));
  expect([...mailed].sort()).toEqual([...committed].sort());
  expect(committed).toEqual(expect.arrayContaining(acknowledged));
  // A mail that came twice is recognizable as one.
  expect(new Set(sink.mails.map(({ headers }) => headers['message-id'])).size).toBe(mailed.size);
  // Otherwise no kill ever came between a commit and its mail, and the test has shown nothing.
  expect(left).toBeGreaterThan(0);
});
