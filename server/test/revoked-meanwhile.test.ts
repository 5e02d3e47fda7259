import { permissionsNeededBy, type Permission } from '../src/access/permissions';
import { getDirective } from '@graphql-tools/utils';
import { deriveKeys } from '../src/crypto/secret-keys';
import { buildRolecallSchema } from '../src/graphql/schema';
import { readAccessToken } from '../src/sessions/access-token';
import { carryOut, MUTATIONS, RECORDED, SILENT, type Call, type World } from './audit-mutations';
import { buildOrganization, buildPerson } from './builders';
import { startService, type TestService } from './harness';
import { startSink, type SmtpSink } from './mail/smtp-sink';
import { alignClock } from './mfa-builders';
import { storedRows } from './stored-rows';

const schema = buildRolecallSchema();
const PREPARED = { ...SILENT, ...RECORDED };

/** What each mutation needs: a permission, or null for a session alone. */
const GUARDED = Object.values(MUTATIONS).flatMap((field): [name: string, requires: Permission | null][] => {
  const auth = getDirective(schema, field, 'auth')?.[0] as { requires: Permission } | undefined;
  if (auth) return [[field.name, auth.requires]];
  return getDirective(schema, field, 'signedIn') ? [[field.name, null]] : [];
});
/** Open to everyone because a sign-in may need them, but carried out for the viewer when there is one. */
const FOR_VIEWERS: [name: string, requires: null][] = [
  ['startMfaSetUp', null],
  ['confirmMfaSetUp', null],
];

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

interface Revocation {
  readonly statement: string;
  readonly parameters: readonly unknown[];
}

/** Sends the call, and revokes between what is checked before its first transaction and that transaction. */
async function callAndRevoke(name: string, call: Call, { statement, parameters }: Revocation) {
  const { writer } = service.app.database;
  const begin = writer.transaction.bind(writer) as (work: unknown) => Promise<unknown>;
  const revoke = async () => {
    await writer.query(statement, [...parameters]);
    return storedRows(service);
  };
  const revoked: ReturnType<typeof revoke>[] = [];
  // All that begin wait for it: mails leave meanwhile, and their transaction may be the first.
  const spy = jest.spyOn(writer, 'transaction').mockImplementation(async (work: unknown) => {
    if (revoked.length === 0) revoked.push(revoke());
    await revoked[0];
    return begin(work);
  });
  const { problems } = await carryOut(service, name, call).finally(() => spy.mockRestore());
  // The revocation happened, and nothing else was written.
  expect(revoked).toHaveLength(1);
  expect(await storedRows(service)).toEqual(await revoked[0]);
  return problems;
}

function sessionOf({ token }: Call) {
  const claims = readAccessToken(deriveKeys(service.config.secret).accessToken, token!, service.now());
  return claims!;
}

test.each([...GUARDED, ...FOR_VIEWERS])('%s does nothing for someone disabled meanwhile', async (name) => {
  const call = await PREPARED[name]!(world);
  const { userId } = sessionOf(call);
  const problems = await callAndRevoke(name, call, {
    statement: 'UPDATE user SET enabled = 0 WHERE id = ?',
    parameters: [userId],
  });
  expect(problems).toEqual(['UNAUTHENTICATED']);
});

test.each([...GUARDED, ...FOR_VIEWERS])(
  '%s does nothing in a session that was ended meanwhile',
  async (name) => {
    const call = await PREPARED[name]!(world);
    const { sessionId } = sessionOf(call);
    const problems = await callAndRevoke(name, call, {
      statement: 'UPDATE session SET ended_at = created_at WHERE id = ?',
      parameters: [sessionId],
    });
    expect(problems).toEqual(['UNAUTHENTICATED']);
  },
);

test.each(GUARDED.filter(([, requires]) => requires !== null))(
  '%s does nothing for someone who lost its permission meanwhile',
  async (name, requires) => {
    const call = await PREPARED[name]!(world);
    const { userId } = sessionOf(call);
    // What it needs stays, so that nothing but this permission is missing.
    const left = JSON.stringify(permissionsNeededBy(requires!));
    const problems = await callAndRevoke(name, call, {
      statement: 'UPDATE role SET permissions = ? WHERE id = (SELECT role_id FROM user WHERE id = ?)',
      parameters: [left, userId],
    });
    expect(problems).toEqual(['FORBIDDEN']);
  },
);

test('the table holds every mutation behind a directive', () => {
  expect(GUARDED.length).toBeGreaterThan(15);
});
