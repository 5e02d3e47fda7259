import { createHash } from 'node:crypto';
import { carryOut, MUTATIONS, RECORDED, SILENT, type Call, type World } from './audit-mutations';
import { listEvents, type LoggedEvent } from './audit-log';
import { makeAuditWritesFail } from './audit-rows';
import { rowIdOf, buildOrganization, buildPerson } from './builders';
import { startService, type TestService } from './harness';
import { startSink, type SmtpSink } from './mail/smtp-sink';
import { alignClock } from './mfa-builders';
import { rowsOf, storedRows } from './stored-rows';

const ALL = { ...SILENT, ...RECORDED };

let sink: SmtpSink;
let service: TestService;
let world: World;

beforeAll(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config });
});
beforeEach(async () => {
  alignClock(service);
  const acme = await buildOrganization(service, 'Acme');
  world = { service, sink, acme, administrator: await buildPerson(service, acme, 'administrator') };
});

const seenSecrets = new Set<string>();

function collectSecrets(value: unknown): void {
  if (typeof value === 'string' && value.length >= 6) seenSecrets.add(value);
  else if (value !== null && typeof value === 'object') Object.values(value).forEach(collectSecrets);
}

const SECRET_INPUT = /password|code|token/i;

/** Answers the codes of what went wrong. */
async function perform(name: string, call: Call): Promise<string[]> {
  for (const [key, value] of Object.entries(call.input ?? {})) {
    if (SECRET_INPUT.test(key)) collectSecrets(value);
  }
  const { problems, answer } = await carryOut(service, name, call);
  collectSecrets(answer);
  return problems;
}

async function newestId(): Promise<number> {
  const { nodes } = await listEvents(service, world.administrator.token, { first: 1 });
  return nodes[0] ? rowIdOf(nodes[0].id) : 0;
}

async function eventsSince(id: number): Promise<readonly LoggedEvent[]> {
  const { nodes } = await listEvents(service, world.administrator.token, { first: 10 });
  return nodes.filter((event) => rowIdOf(event.id) > id);
}

test('every mutation is in the table', () => {
  expect(Object.keys(ALL).sort()).toEqual(Object.keys(MUTATIONS).sort());
});

test.each(Object.keys(SILENT))('%s leaves no event', async (name) => {
  const call = await SILENT[name]!(world);
  const before = await newestId();
  expect(await perform(name, call)).toEqual([]);
  expect(await eventsSince(before)).toEqual([]);
});

test.each(Object.keys(RECORDED))('%s leaves exactly its event', async (name) => {
  const call = await RECORDED[name]!(world);
  const before = await newestId();
  expect(await perform(name, call)).toEqual([]);
  const events = await eventsSince(before);
  expect(events).toHaveLength(1);
  const [event] = events;
  expect(event).toMatchObject({
    action: call.action,
    actor: { type: 'USER', actorId: call.actorId },
    target: {
      type: call.action.split('_')[0],
      targetId: call.targetId ?? expect.stringMatching(/^(user|role|organization)_\d+$/),
    },
  });
  expect(event!.changes.map(({ field, before, after }) => [field, before, after])).toEqual(call.changes);
});

test.each(Object.keys(RECORDED))('%s changes nothing when its event cannot be written', async (name) => {
  const call = await RECORDED[name]!(world);
  const before = await storedRows(service);
  const allow = await makeAuditWritesFail(service);
  const problems = await perform(name, call).finally(allow);
  expect(problems).toEqual(['INTERNAL']);
  const after = await storedRows(service);
  // Of the steps of a sign-in only the last one opens the session.
  const tables = call.isSeveral ? ['session'] : Object.keys({ ...before, ...after });
  expect(tables.map((table) => after[table])).toEqual(tables.map((table) => before[table]));
});

test('no event holds a secret or its hash', async () => {
  for (const [name, prepare] of Object.entries(ALL)) await perform(name, await prepare(world));
  expect(seenSecrets.size).toBeGreaterThan(40);
  const events = (await rowsOf(service, 'audit_event')).map(
    ({ actor_name, target_name, changes, user_agent, address }) =>
      [actor_name, target_name, changes, user_agent, address].join(' '),
  );
  const text = events.join('\n');
  expect(text).toContain(world.administrator.username);
  for (const secret of seenSecrets) {
    const digest = createHash('sha256').update(secret);
    const forms = [secret, digest.copy().digest('hex'), digest.copy().digest('base64url')];
    expect(forms.filter((form) => text.includes(form))).toEqual([]);
  }
  expect(text).not.toMatch(/argon2|\$v=/);
});
