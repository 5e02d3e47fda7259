import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startAnotherInstance } from './instances';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let holder: BuiltUser;

const HELD = { username: 'held@example.com', externalId: 'held' };
const FOREIGN = { username: 'foreign@example.com', externalId: 'foreign' };

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  administrator = await buildPerson(service, acme, 'administrator');
  holder = await buildUser(service, acme, HELD);
  await buildUser(service, globex, FOREIGN);
});

interface Conflict {
  readonly code: string;
  readonly field: readonly string[];
  readonly conflictingId: string | null;
}

const ERRORS = 'userErrors { code field conflictingId }';

async function create(
  identifiers: { username: string; externalId?: string },
  { token, at = service }: { token: string; at?: TestService } = { token: administrator.token },
): Promise<Conflict[]> {
  const person = { firstName: 'Ada', lastName: 'Lovelace', password: PASSWORD, phone: '112' };
  const { data } = await at.graphql(
    `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${ERRORS} } }`,
    { input: { ...person, roleId: acme.roles.agent, ...identifiers } },
    { token },
  );
  return data.createUser.userErrors as Conflict[];
}

const conflict = (name: 'username' | 'externalId', conflictingId: string | null): Conflict => ({
  code: name === 'username' ? 'USERNAME_TAKEN' : 'EXTERNAL_ID_TAKEN',
  field: ['input', name],
  conflictingId,
});

test('whoever may see users is told who has the username and the external id', async () => {
  const both = [conflict('username', holder.id), conflict('externalId', holder.id)];
  expect(await create(HELD)).toEqual(both);
  const other = await buildUser(service, acme);
  const { data } = await service.graphql(
    `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { ${ERRORS} } }`,
    { input: { id: other.id, ...HELD } },
    { token: administrator.token },
  );
  expect(data.updateUser.userErrors).toEqual(both);
});

test('nobody is told of a user of another organization', async () => {
  expect(await create(FOREIGN)).toEqual([conflict('username', null)]);
});

test('who may not see users is told of nobody, also at their own account', async () => {
  const changed = async (permissions: Parameters<typeof buildRole>[3]) => {
    const roleId = await buildRole(service, acme, `Role of ${permissions.join()}`, permissions);
    const { token } = await buildPerson(service, acme, 'agent', { roleId });
    const { data } = await service.graphql(
      `mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { ${ERRORS} } }`,
      { input: { username: HELD.username, currentPassword: PASSWORD } },
      { token },
    );
    return data.changeUsername.userErrors as Conflict[];
  };
  expect(await changed(['access_calls'])).toEqual([conflict('username', null)]);
  expect(await changed(['view_users'])).toEqual([conflict('username', holder.id)]);
});

test('other errors name nobody', async () => {
  expect(await create({ username: 'nothing' })).toEqual([
    { code: 'INVALID_EMAIL', field: ['input', 'username'], conflictingId: null },
  ]);
});

test.each(['username', 'externalId'] as const)(
  'of many who give the same %s at once on two instances one gets it, and the others learn who',
  async (name) => {
    const other = await startAnotherInstance(service);
    for (let run = 0; run < 5; run += 1) {
      const answers = await Promise.all(
        [service, other, service, other, service, other].map((at, index) =>
          create(
            {
              username: name === 'username' ? `race${run}@example.com` : `racer${run}.${index}@example.com`,
              externalId: name === 'username' ? `race ${run} ${index}` : `race ${run}`,
            },
            { token: administrator.token, at },
          ),
        ),
      );
      const rows = await rowsOf(service, 'user');
      const winner = rows.find((user) =>
        name === 'username' ? user.username === `race${run}@example.com` : user.external_id === `race ${run}`,
      )!;
      expect(answers.filter((errors) => errors.length === 0)).toHaveLength(1);
      expect(answers.filter((errors) => errors.length > 0)).toEqual(
        Array.from({ length: 5 }, () => [conflict(name, `user_${String(winner.id)}`)]),
      );
    }
    await other.stop();
  },
);

test('a value that is called like the index of another one is not taken for it', async () => {
  const externalId = 'uq_user_username';
  const answers = await Promise.all(
    [1, 2, 3, 4].map((index) => create({ username: `named.like.it${index}@example.com`, externalId })),
  );
  expect(answers.flat().map(({ code }) => code)).toEqual(Array(3).fill('EXTERNAL_ID_TAKEN'));
});
