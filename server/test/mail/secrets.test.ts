import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { DatabaseLocation } from '../../src/config/database-url';
import { openDatabase } from '../../src/database/database';
import { select } from '../../src/database/sql';
import { entities } from '../../src/entities';
import { buildOrganization, buildPerson, buildUser } from '../builders';
import { startService } from '../harness';
import { rowsOf } from '../stored-rows';
import { newUser } from './invited-users';
import { startProcess } from './service-process';
import { sharedDatabase } from './shared-database';
import { startSink, until } from './smtp-sink';

const CANARIES = ['Canary-One-7031', 'Canary-Two-7032', 'Canary-Three-7033', 'Canary-Four-7034'] as const;

/** Every row of every table as text, and with SQLite every byte of its files. */
async function dump(location: DatabaseLocation): Promise<string> {
  const database = await openDatabase(location, entities);
  const tables = database.writer.entityMetadatas.map(({ tableName }) => tableName);
  const rows = await Promise.all(
    tables.map((table) => select(database.reader, `SELECT * FROM ${table}`, [])),
  );
  const files =
    location.engine === 'sqlite'
      ? [location.file, `${location.file}-wal`].filter((file) => existsSync(file))
      : [];
  const bytes = files.map((file) => readFileSync(file, 'latin1'));
  await database.close();
  return JSON.stringify(rows) + bytes.join('');
}

test('no answer, log line or row ever holds a password or a link that works', async () => {
  const sink = await startSink({ refuse: (to) => (to.startsWith('nobody') ? 550 : null) });
  const database = await sharedDatabase();
  const builder = await startService({ database, mail: sink.config });
  const organization = await buildOrganization(builder);
  const administrator = await buildPerson(builder, organization, 'administrator');
  const user = await buildUser(builder, organization);
  await builder.stop();

  const running = await startProcess(database, sink, 'development');
  const seen: string[] = [];
  const ask = async (url: string, document: string, variables: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${administrator.token}` };
    const body = JSON.stringify({ query: document, variables });
    const answer = await (await fetch(url, { method: 'POST', headers, body })).text();
    seen.push(answer);
    return answer;
  };
  const change = (name: string, type: string, input: object) =>
    ask(
      running.url,
      `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`,
      {
        input,
      },
    );
  const nobody = newUser(organization, { username: 'nobody@example.com', password: CANARIES[0] });
  await change('createUser', 'CreateUserInput', nobody);
  await change('createUser', 'CreateUserInput', { ...nobody, username: 'x', password: [CANARIES[0]] });
  await change('createUser', 'CreateUserInput', { ...nobody, fistName: 'Hedda; at "x"; ' });
  await ask(
    running.url,
    `mutation { createUser(input: { password: ["${CANARIES[0]}"] }) { user { id } } }`,
    {},
  );
  await change('createUser', 'CreateUserInput', { ...nobody, phone: '', roleId: '0' });
  await change('updateUser', 'UpdateUserInput', { id: user.id, password: CANARIES[1] });
  await change('signIn', 'SignInInput', { username: user.username, password: CANARIES[2] });
  await until(() => /given up/.test(running.output()), 'the log to say that the mail failed');
  await sink.received(user.username);

  await sink.goDown();
  await change('requestPasswordReset', 'RequestPasswordResetInput', { username: user.username });
  await until(() => /tried again/.test(running.output()), 'the log to tell of the failure');
  seen.push(await dump(database));
  running.child.kill('SIGTERM');
  await once(running.child, 'exit');
  seen.push(running.output());

  await sink.comeBack();
  const successor = await startService({ database, mail: sink.config });
  successor.advance(60_000);
  const mails = await sink.received(user.username, 2);
  const token = /#token=([\w-]+)/.exec(mails.at(-1)!.text)![1]!;
  await until(
    async () => (await rowsOf(successor, 'outgoing_mail')).every(({ content }) => content === ''),
    'the outbox to delete the text',
  );
  seen.push(await dump(database));
  const reset = await ask(
    successor.url,
    'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }',
    { input: { token, newPassword: CANARIES[3] } },
  );
  expect(reset).toContain('"userErrors":[]');
  seen.push(await dump(database));

  for (const secret of [...CANARIES, token]) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  }
  for (const { raw, text, html } of sink.mails) {
    for (const canary of CANARIES) expect(raw + text + html).not.toContain(canary);
  }
}, 60_000);
