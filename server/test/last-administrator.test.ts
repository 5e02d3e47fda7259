import { transaction } from '../src/database/transaction';
import { enabledAdministrators } from './administrators';
import { buildOrganization, buildPerson, buildRole, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';
import { mutate, type Outcome } from './user-mutations';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

/**
 * Starts all of these while a write is under way, so that none is carried out before every one of them
 * has passed the permission check: SQLite would answer them one by one.
 */
async function atOnce(start: () => Promise<Outcome>[]): Promise<string[]> {
  let outcomes: Promise<string>[] = [];
  await transaction(service.app.database, async () => {
    outcomes = start().map(outcomeOf);
    await new Promise((resolve) => setTimeout(resolve, 40));
  });
  return Promise.all(outcomes);
}

const disable = (actor: Person, target: Person) =>
  mutate(service, actor.token, 'setUserEnabled', { id: target.id, enabled: false });
const demote = (actor: Person, target: Person, { roles }: BuiltOrganization) =>
  mutate(service, actor.token, 'updateUser', { id: target.id, roleId: roles.agent });

async function outcomeOf(work: Promise<Outcome>): Promise<string> {
  return work.then(
    ({ problems }) => problems.join(),
    (error: unknown) => String(error),
  );
}

test('of three administrators who disable each other in a ring at once, one stays', async () => {
  for (let run = 0; run < 5; run += 1) {
    const acme = await buildOrganization(service);
    const ring: Person[] = [];
    for (let index = 0; index < 3; index += 1) ring.push(await buildPerson(service, acme, 'administrator'));
    await atOnce(() => ring.map((actor, index) => disable(actor, ring[(index + 1) % 3]!)));
    expect(await enabledAdministrators(service, acme)).toBeGreaterThanOrEqual(1);
  }
});

test('a disabled administrator, one of another organization and one with less do not count', async () => {
  const acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  await buildPerson(service, globex, 'administrator');
  const disabled = await buildPerson(service, acme, 'administrator');
  await buildPerson(service, acme, 'manager');
  const [one, other] = [
    await buildPerson(service, acme, 'administrator'),
    await buildPerson(service, acme, 'administrator'),
  ];
  await disable(one, disabled);
  const outcomes = await atOnce(() => [disable(one, other), disable(other, one)]);
  expect(outcomes.filter((outcome) => outcome === '')).toHaveLength(1);
  expect(await enabledAdministrators(service, acme)).toBe(1);
});

test('while another administrator stays, one may be disabled and demoted', async () => {
  const acme = await buildOrganization(service);
  const [one, two, three] = [
    await buildPerson(service, acme, 'administrator'),
    await buildPerson(service, acme, 'administrator'),
    await buildPerson(service, acme, 'administrator'),
  ];
  expect((await disable(one, two)).problems).toEqual([]);
  expect((await demote(one, three, acme)).problems).toEqual([]);
});

test('a role with every right to administer counts, whatever its name', async () => {
  const acme = await buildOrganization(service);
  const roleId = await buildRole(service, acme, 'People Team', [
    'view_users',
    'add_user',
    'edit_user',
    'set_user_enabled',
    'manage_roles',
  ]);
  const [one, other] = [
    await buildPerson(service, acme, 'agent', { roleId }),
    await buildPerson(service, acme, 'agent', { roleId }),
  ];
  const outcomes = await atOnce(() => [disable(one, other), disable(other, one)]);
  expect(outcomes.filter((outcome) => outcome === '')).toHaveLength(1);
});
