import {
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten } from './stored-rows';
import { mutate, readUser } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let manager: Person;
let user: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  manager = await buildPerson(service, acme, 'manager');
});
beforeEach(async () => {
  user = await buildUser(service, acme);
});

const update = (input: Record<string, unknown>, token = administrator.token) =>
  mutate(service, token, 'updateUser', { id: user.id, ...input });
const read = () => readUser(service, administrator.token, user.id);

test('a stale edit is a conflict at each field that someone else changed', async () => {
  await update({ firstName: 'Grace', forceMfa: true, expectedVersion: 1 });
  await update({ roleId: acme.roles.viewer, expectedVersion: 2 });
  await expectNothingWritten(service, async () => {
    const stale = await update({ firstName: 'Eve', phone: '112', expectedVersion: 1 });
    expect(stale.user).toBeNull();
    expect(stale.problems).toEqual([
      'input.firstName CONFLICT',
      'input.forceMfa CONFLICT',
      'input.roleId CONFLICT',
    ]);
    expect((await update({ phone: '112', expectedVersion: 2 })).problems).toEqual(['input.roleId CONFLICT']);
  });
  expect((await update({ phone: '112', expectedVersion: 3 })).problems).toEqual([]);
});

test('without an expected version the last edit wins', async () => {
  await update({ firstName: 'Grace' });
  expect((await update({ firstName: 'Eve', expectedVersion: null })).user?.firstName).toBe('Eve');
});

test('of two who edit one user at once, one is told of the conflict', async () => {
  for (let run = 0; run < 10; run += 1) {
    user = await buildUser(service, acme);
    const outcomes = await Promise.all([
      update({ firstName: 'One', expectedVersion: 1 }),
      update({ firstName: 'Other', expectedVersion: 1 }, manager.token),
    ]);
    const problems = outcomes.map((outcome) => outcome.problems);
    expect(problems).toEqual(expect.arrayContaining([[], ['input.firstName CONFLICT']]));
    const winner = outcomes.find((outcome) => outcome.user !== null)!;
    expect((await read())?.firstName).toBe(winner.user!.firstName);
  }
});

test('edits of different fields at once are all kept', async () => {
  const changes = { firstName: 'F', lastName: 'L', phone: '112', forceMfa: true, forcePasswordReset: true };
  const outcomes = await Promise.all(
    Object.entries(changes).map(([field, value]) => update({ [field]: value })),
  );
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
  expect(await read()).toMatchObject({
    firstName: 'F',
    lastName: 'L',
    phone: '112',
    mfaRequired: true,
    forcePasswordReset: true,
    version: 6,
  });
});

test('a user who was disabled since is a conflict too', async () => {
  await mutate(service, administrator.token, 'setUserEnabled', { id: user.id, enabled: false });
  await expectNothingWritten(service, async () => {
    expect((await update({ phone: '112', expectedVersion: 1 })).problems).toEqual([
      'input.expectedVersion CONFLICT',
    ]);
  });
});

test.each([0, -1, 2, 2_147_483_647])('the version %d is not the current one', async (expectedVersion) => {
  await expectNothingWritten(service, async () => {
    expect((await update({ phone: '112', expectedVersion })).problems).toEqual([
      'input.expectedVersion CONFLICT',
    ]);
  });
});
