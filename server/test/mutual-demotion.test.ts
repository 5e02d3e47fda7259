import { setTimeout as pause } from 'node:timers/promises';
import { ADMINISTRATION, ALL_PERMISSIONS, permissionsNeededBy } from '../src/access/permissions';
import { transaction } from '../src/database/transaction';
import { enabledAdministrators } from './administrators';
import { buildOrganization, buildPerson, buildRole, type BuiltOrganization, type Person } from './builders';
import { CHEAP_HASH } from './cheap-hash';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';

/** Two instances of the service on one database. */
let a: TestService;
let b: TestService;

beforeAll(async () => {
  a = await startService();
  b = await startAnotherInstance(a);
});

interface Administrator extends Person {
  /** Nobody else's, so that the other one may change and delete it. */
  readonly roleId: string;
}

/** Everything by which one user can take administration from another. */
const WAYS = {
  demotes: ({ id }: Administrator, { roles }: BuiltOrganization) =>
    `updateUser(input: { id: "${id}", roleId: "${roles.agent}" })`,
  disables: ({ id }: Administrator) => `setUserEnabled(input: { id: "${id}", enabled: false })`,
  'weakens the role of': ({ roleId }: Administrator, _organization: BuiltOrganization, run: number) =>
    `updateRole(input: { id: "${roleId}", permissions: [${namesWithout(run).join()}] })`,
  'deletes the role of': ({ roleId }: Administrator, { roles }: BuiltOrganization) =>
    `deleteRole(input: { id: "${roleId}", moveUsersToRoleId: "${roles.agent}" })`,
} as const;

type Way = keyof typeof WAYS;

/** All but one that administering needs, another one in each run, and but those that need that one. */
function namesWithout(run: number): string[] {
  const taken = ADMINISTRATION[run % ADMINISTRATION.length]!;
  return ALL_PERMISSIONS.filter((one) => one !== taken && !permissionsNeededBy(one).includes(taken)).map(
    (name) => name.toUpperCase(),
  );
}

async function buildAdministrator(organization: BuiltOrganization, name: string): Promise<Administrator> {
  const roleId = await buildRole(a, organization, name, ALL_PERMISSIONS);
  const passwordHash = await CHEAP_HASH;
  return { ...(await buildPerson(a, organization, 'agent', { roleId, passwordHash })), roleId };
}

/** What the actor is told: the first code, or an empty text when it was done. */
async function act(service: TestService, { token }: Administrator, call: string): Promise<string> {
  const document = `mutation { done: ${call} { userErrors { code } } }`;
  const { data, errors } = await service.graphql(document, {}, { token });
  return errors?.[0]?.extensions.code ?? data.done.userErrors[0]?.code ?? '';
}

type Race = () => readonly [throughA: Promise<string>, throughB: Promise<string>];

/** Starts both while nothing can be written, so that both pass the checks before their transactions. */
function atOnce(organization: BuiltOrganization, start: Race): Promise<string[]> {
  return testEngine === 'sqlite' ? atOnceInLine(start) : atOnceBehindLocks(organization, start);
}

/** MySQL: holds what both are about to change. */
async function atOnceBehindLocks({ id }: BuiltOrganization, start: Race): Promise<string[]> {
  const started = await transaction(a.app.database, async (tx) => {
    await tx.query('SELECT id FROM user WHERE organization_id = ? FOR UPDATE', [id]);
    await tx.query('SELECT id FROM role WHERE organization_id = ? FOR UPDATE', [id]);
    const both = start();
    await pause(40);
    return { both };
  });
  return Promise.all(started.both);
}

/** SQLite: one transaction at a time holds the file, and both wait until it ends. */
async function atOnceInLine(start: Race): Promise<string[]> {
  const { started } = await transaction(a.app.database, async () => {
    const both = start();
    await pause(25);
    return { started: both };
  });
  return Promise.all(started);
}

const PAIRS = (Object.keys(WAYS) as Way[]).flatMap((first) =>
  (Object.keys(WAYS) as Way[]).map((second) => [first, second] as const),
);

/** Of each pair: 208 in all. */
const RUNS = 13;

/** What the one who came second is told: they are disabled, may no longer do it, or the other is the last one. */
const TOO_LATE =
  /^(UNAUTHENTICATED|FORBIDDEN|(USER|ROLE)_EXCEEDS_YOUR_PERMISSIONS|MISSING_PERMISSION|LAST_ADMINISTRATOR)$/;

test.each(PAIRS)(
  'when one %s the other, who at once %s the first, exactly one of them succeeds',
  async (first, second) => {
    for (let run = 0; run < RUNS; run += 1) {
      const organization = await buildOrganization(a);
      const one = await buildAdministrator(organization, 'One');
      const other = await buildAdministrator(organization, 'Other');
      // In every other run a third one administers too, so that not being the last one is no reason to refuse.
      const others = run % 2;
      for (let count = 0; count < others; count += 1) await buildAdministrator(organization, 'Third');
      const told = await atOnce(organization, () => [
        act(a, one, WAYS[first](other, organization, run)),
        act(b, other, WAYS[second](one, organization, run)),
      ]);
      expect(await enabledAdministrators(a, organization)).toBe(1 + others);
      expect(told).toContain('');
      expect(told.join('')).toMatch(TOO_LATE);
    }
  },
);
