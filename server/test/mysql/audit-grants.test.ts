import { MAIL_FAILURES } from '../../src/error-catalogue/mail-failures';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseLocation } from '../../src/config/database-url';
import { openDatabase } from '../../src/database/database';
import { entities } from '../../src/entities';
import { listEvents } from '../audit-log';
import { carryOut, RECORDED, SILENT, type World } from '../audit-mutations';
import { insertEvents } from '../audit-rows';
import { buildOrganization, buildPerson } from '../builders';
import { failToSignIn } from '../failed-attempts';
import { createDatabase, startService } from '../harness';
import { startSink, until } from '../mail/smtp-sink';
import { alignClock } from '../mfa-builders';
import { rowsOf } from '../stored-rows';
import { globalId } from '../../src/global-id/global-id';

/** The statements that operators are told, by the section that tells them. */
function statementsOf(section: string): string[] {
  const page = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
  const text = page.split(`### ${section}\n`)[1]!.split(/^##/m)[0]!;
  return [...text.matchAll(/```sql\n(.*?)```/gs)].flatMap(([, block]) => block!.trim().split('\n'));
}

const { replaced, usernameChanged, userDisabled, userSignedIn, linkEnded } = MAIL_FAILURES;
const WITHDRAWALS: readonly string[] = [replaced, usernameChanged, userDisabled, userSignedIn, linkEnded];
const STATEMENTS = statementsOf('An account that cannot change the audit log');
const account = `service_${randomBytes(4).toString('hex')}`;
const password = randomBytes(8).toString('hex');

let owner: Connection;
let database: Awaited<ReturnType<typeof createDatabase>>;
let restricted: DatabaseLocation;
let world: World;

/** A statement of the page, for the database and the account of this test. */
function adapted(statement: string, name: string): string {
  return statement
    .replaceAll('rolecall.', `${name}.`)
    .replaceAll('rolecall_service', account)
    .replace('…', password);
}

beforeAll(async () => {
  database = await createDatabase('');
  const { location } = database;
  await (await openDatabase(location, entities)).close();
  const url = new URL((location as { url: string }).url);
  const name = url.pathname.slice(1);
  owner = await createConnection({ uri: url.href, timezone: 'Z' });
  for (const statement of STATEMENTS.filter((text) => !text.startsWith('DELETE'))) {
    await owner.query(adapted(statement, name));
  }
  Object.assign(url, { username: account, password });
  restricted = { engine: 'mysql', url: url.href };

  const sink = await startSink();
  const service = await startService({ database: restricted, mail: sink.config });
  const acme = await buildOrganization(service, 'Acme');
  const administrator = await buildPerson(service, acme, 'administrator');
  world = { service, sink, acme, administrator };
});

afterAll(async () => {
  await world.service.stop();
  await owner.query(`DROP USER ${account}`);
  await owner.end();
  await database.drop();
});

test('the statements name every table once', async () => {
  const [rows] = await owner.query('SHOW TABLES');
  const tables = (rows as object[]).flatMap((row) => Object.values(row) as string[]);
  const named = STATEMENTS.flatMap((text) => /^GRANT .* ON rolecall\.(\w+) /.exec(text)?.[1] ?? []);
  expect(named.sort()).toEqual(tables.sort());
});

test('the service does everything under these grants', async () => {
  for (const [name, prepare] of Object.entries({ ...RECORDED, ...SILENT })) {
    alignClock(world.service);
    world = { ...world, administrator: await buildPerson(world.service, world.acme, 'administrator') };
    expect([name, (await carryOut(world.service, name, await prepare(world))).problems]).toEqual([name, []]);
  }
  const { username, token } = world.administrator;
  await failToSignIn(world.service, 1, { username });
  const read = async () => (await listEvents(world.service, token)).nodes.map(({ action }) => action);
  await until(async () => (await read())[0] === 'USER_SIGN_IN_FAILED', 'the failure');
  expect(await read()).toContain('USER_DISABLED');
  const mails = () => rowsOf(world.service, 'outgoing_mail');
  await until(async () => (await mails()).every(({ state }) => state !== 'queued'), 'the mails to leave');
  // Some mutations take back mails of earlier ones; none failed for want of a right.
  const reasons = new Set(
    (await mails()).filter(({ state }) => state === 'failed').map((row) => row.last_error),
  );
  expect([...reasons].filter((reason) => !WITHDRAWALS.includes(String(reason)))).toEqual([]);
  expect((await mails()).filter(({ state }) => state === 'sent').length).toBeGreaterThan(5);
});

/** A server with a binary log asks for SUPER before it looks at the table's own privileges. */
const DENIALS = /^ER_(\w*ACCESS_DENIED_ERROR|BINLOG_CREATE_ROUTINE_NEED_SUPER)$/;

test.each([
  "UPDATE audit_event SET actor_name = 'someone else'",
  'DELETE FROM audit_event',
  'DELETE FROM audit_event WHERE id = 1',
  'TRUNCATE audit_event',
  'DROP TABLE audit_event',
  'ALTER TABLE audit_event DROP COLUMN changes',
  'REPLACE INTO audit_event SELECT * FROM audit_event LIMIT 1',
  "INSERT INTO audit_event SELECT * FROM audit_event LIMIT 1 ON DUPLICATE KEY UPDATE actor_name = 'x'",
  'CREATE TRIGGER t BEFORE INSERT ON audit_event FOR EACH ROW SET NEW.actor_name = 0',
])('the database refuses the account %s', async (statement) => {
  const before = await rowsOf(world.service, 'audit_event');
  const connection = await createConnection((restricted as { url: string }).url);
  await expect(connection.query(statement)).rejects.toMatchObject({
    code: expect.stringMatching(DENIALS),
  });
  await connection.end();
  expect(await rowsOf(world.service, 'audit_event')).toEqual(before);
});

test('the owner deletes old events with the statement for it, and only these', async () => {
  const now = Date.now();
  const [old, young] = await insertEvents(world.service, world.acme, [
    { at: new Date(now - 401 * 86_400_000) },
    { at: new Date(now - 399 * 86_400_000) },
  ]);
  const statement = STATEMENTS.find((text) => text.startsWith('DELETE'))!;
  await owner.query(adapted(statement, new URL((restricted as { url: string }).url).pathname.slice(1)));
  const ids = (await rowsOf(world.service, 'audit_event')).map(({ id }) =>
    globalId('AuditEvent', id as number),
  );
  expect(ids).toContain(young);
  expect(ids).not.toContain(old);
});
