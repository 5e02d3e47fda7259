import { openDatabase } from '../../src/database/database';
import { select } from '../../src/database/sql';
import { transaction } from '../../src/database/transaction';
import { entities } from '../../src/entities';
import { Organization } from '../../src/organizations/organization.entity';
import { buildOrganization, buildPerson, type Person } from '../builders';
import { startService, type TestService } from '../harness';
import { startHostileServer, type HostileServer } from './hostile-settings';
import { startResettingProxy, type ResettingProxy } from './resetting-proxy';

jest.setTimeout(120_000);

let server: HostileServer;
let proxy: ResettingProxy;
let url: string;
let service: TestService;
let administrator: Person;

beforeAll(async () => {
  server = await startHostileServer();
  proxy = await startResettingProxy(server.url);
  url = proxy.through(await server.accountUrl('proxied'));
  service = await startService({ database: { engine: 'mysql', url } });
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
});
afterAll(async () => {
  await service.stop();
  await proxy.stop();
  await server.stop();
});
afterEach(() => {
  Object.assign(proxy.misdeeds, { resetsBetweenTransactions: false, swallowsSettings: false });
});

test.each(['resetsBetweenTransactions', 'swallowsSettings'] as const)(
  'a proxy that %s is refused at the start, with what is lost',
  async (misdeed) => {
    proxy.misdeeds[misdeed] = true;
    await expect(openDatabase({ engine: 'mysql', url }, entities)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^The database server, or a proxy before it, does not keep the settings of a session: sql_mode is '.*'\.$/,
      ),
    });
  },
);

const modes = () =>
  select(
    service.app.database.reader,
    'SELECT @@sql_mode AS mode, @@time_zone AS zone, @@character_set_client AS charset, ? AS given',
    ['x'],
  );

const SEARCH = `query ($search: String!) { users(search: $search) { nodes { username } } }`;
const UPDATE = `mutation ($input: UpdateUserInput!) {
  updateUser(input: $input) { user { firstName } userErrors { code } }
}`;

test.each([1, 2, 3])('requests go on after every session was reset (%d)', async (time) => {
  const { token, username, id } = administrator;
  const expected = await modes();
  expect(expected).toEqual([
    { mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', zone: '+00:00', charset: 'utf8mb4', given: 'x' },
  ]);
  for (const work of [
    async () => expect(await modes()).toEqual(expected),
    async () => {
      const { data } = await service.graphql(SEARCH, { search: username }, { token });
      expect(data.users.nodes).toEqual([{ username }]);
    },
    async () => {
      const firstName = `Zoë 😀 ${time}`;
      const { data } = await service.graphql(UPDATE, { input: { id, firstName } }, { token });
      expect(data.updateUser).toEqual({ user: { firstName }, userErrors: [] });
    },
  ]) {
    proxy.resetAll();
    await work();
  }
});

test('a transaction in whose midst the session is reset is carried out once, and whole', async () => {
  const { database } = service.app;
  const organization = (name: string) => ({
    name,
    features: [],
    administrationVersion: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  // So that the statement of both inserts is prepared already.
  await transaction(database, (tx) => tx.insert(Organization, organization('zeroth')));
  let attempts = 0;
  await transaction(database, async (tx) => {
    attempts += 1;
    await tx.insert(Organization, organization('first'));
    if (attempts === 1) proxy.resetAll();
    await tx.insert(Organization, organization('second'));
  });
  expect(attempts).toBeGreaterThan(1);
  const rows = await select(
    database.reader,
    "SELECT name FROM organization WHERE name <> 'Acme' ORDER BY id",
    [],
  );
  expect(rows).toEqual([{ name: 'zeroth' }, { name: 'first' }, { name: 'second' }]);
});

test.each([
  'before a statement that is new to it',
  'before a statement without values',
  'before its COMMIT',
  'after many statements, before its COMMIT',
])('a transaction whose session is reset %s is carried out once, and whole', async (moment) => {
  const { database } = service.app;
  const organization = {
    features: [],
    administrationVersion: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  let attempts = 0;
  let isReset = false;
  const resetBefore = (what: string) => {
    if (isReset || !moment.includes(what)) return;
    isReset = true;
    proxy.resetAll();
  };
  await transaction(database, async (tx) => {
    attempts += 1;
    await tx.insert(Organization, { ...organization, name: `reset ${moment}` });
    resetBefore('new');
    await tx.query(`UPDATE organization SET name = ? WHERE name = ? /* ${moment} */`, [
      `changed ${moment}`,
      `reset ${moment}`,
    ]);
    resetBefore('without');
    await tx.query("UPDATE organization SET name = CONCAT(name, '!') WHERE name LIKE 'changed %'");
    const many = moment.includes('many') ? 95 : 0;
    for (let count = 0; count < many; count += 1) await tx.query(`SELECT ? AS number${count}`, [count]);
    resetBefore('COMMIT');
  });
  expect(isReset).toBe(true);
  expect(attempts).toBeGreaterThan(1);
  const rows = await select(
    database.reader,
    "SELECT name FROM organization WHERE name LIKE 'changed %' OR name LIKE 'reset %'",
    [],
  );
  expect(rows).toEqual([{ name: `changed ${moment}!` }]);
  await transaction(database, (tx) => tx.query("DELETE FROM organization WHERE name LIKE 'changed %'"));
});
