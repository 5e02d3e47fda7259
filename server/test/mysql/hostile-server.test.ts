import { select } from '../../src/database/sql';
import { buildOrganization, buildPerson, buildUser, PASSWORD, type Person } from '../builders';
import { startService, type TestService } from '../harness';
import { startHostileServer, type HostileServer } from './hostile-settings';

jest.setTimeout(120_000);

let server: HostileServer;
let service: TestService;
let administrator: Person;

beforeAll(async () => {
  server = await startHostileServer();
  service = await startService({ database: { engine: 'mysql', url: await server.accountUrl('hostile') } });
  const acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  await buildUser(service, acme);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken } userErrors { code } }
}`;

test.each([
  `x' or u.id=1#`,
  `x\\' or u.id=1#`,
  `x\\' or 1=1 -- `,
  `x' or '1'='1`,
  `x" or "1"="1`,
  `x\\" or 1=1#`,
  `' union select 1#`,
  `\\`,
  `x\\\\' or 1=1#`,
  `\u00bf' or 1=1#`,
  `\uff07 or 1=1#`,
])('nobody signs in as %j', async (username) => {
  const { data, errors } = await service.graphql(SIGN_IN, { input: { username, password: PASSWORD } });
  expect(errors).toBeUndefined();
  expect(data.signIn).toEqual({ session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
});

const UPDATE = `mutation ($input: UpdateUserInput!) {
  updateUser(input: $input) { user { firstName lastName } userErrors { code field message } }
}`;
const SEARCH = `query ($search: String!) { users(search: $search) { nodes { firstName } totalCount } }`;

test.each([
  `O'Neill`,
  `a\\' or 1=1#`,
  `"quoted"`,
  '`ticks`',
  'back\\slash',
  'é漢字😀ß',
  '?',
  '??',
  ':name',
  '%_!',
  '/*! x */ --',
  `'\\"\\\\'`,
])('the name %j comes back as it went, and is found', async (name) => {
  const { token } = administrator;
  const acme = await service.graphql(`{ viewer { user { id } } }`, {}, { token });
  const input = { id: acme.data.viewer.user.id, firstName: name, lastName: 'Sample' };
  const { data } = await service.graphql(UPDATE, { input }, { token });
  expect(data.updateUser).toEqual({ user: { firstName: name, lastName: 'Sample' }, userErrors: [] });
  const found = await service.graphql(SEARCH, { search: name }, { token });
  expect(found.data.users).toEqual({ nodes: [{ firstName: name }], totalCount: 1 });
});

test('times, rows and pages are as on any server', async () => {
  const { token } = administrator;
  const { data } = await service.graphql(`{ users(first: 50) { nodes { createdAt } } }`, {}, { token });
  expect(data.users.nodes).toHaveLength(2);
  const age = service.now().getTime() - new Date(data.users.nodes[0].createdAt).getTime();
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(3_600_000);
});

test('the tables are those that the service means, whatever the defaults of the server', async () => {
  const tables = await select(
    service.app.database.reader,
    `SELECT DISTINCT engine AS engine FROM information_schema.tables WHERE table_schema = ?`,
    ['hostile'],
  );
  expect(tables).toEqual([{ engine: 'InnoDB' }]);
});

test('a row with a reference to nothing is refused, and a transaction that fails leaves nothing', async () => {
  const { writer } = service.app.database;
  await expect(
    writer.query(`UPDATE user SET role_id = ? WHERE username = ?`, [999_999, administrator.username]),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^ER_NO_REFERENCED_ROW/) });
  await writer
    .transaction(async (tx) => {
      await tx.query('UPDATE organization SET name = ?', ['undone']);
      throw new Error('undone');
    })
    .catch(() => undefined);
  expect(await select(service.app.database.reader, 'SELECT name FROM organization', [])).toEqual([
    { name: 'Acme' },
  ]);
});

test('a text that is too long is an error, not cut off', async () => {
  const { writer } = service.app.database;
  await expect(writer.query('UPDATE organization SET name = ?', ['x'.repeat(5000)])).rejects.toMatchObject({
    code: 'ER_DATA_TOO_LONG',
  });
});

test.each([`' or 1=1 -- `, `\\' or 1=1 -- `, `" or 1=1 -- `, `\\`, `\u00bf' or 1=1#`])(
  'even in a session that is set against us the value %j stays a value',
  async (value) => {
    const runner = service.app.database.writer.createQueryRunner();
    await runner.query('START TRANSACTION');
    await runner.query("SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT'");
    const rows = await runner.query('SELECT ? AS given, ? AS number FROM organization WHERE name = ?', [
      value,
      7,
      'Acme',
    ]);
    await runner.query('ROLLBACK');
    await runner.release();
    expect(rows).toEqual([{ given: value, number: 7 }]);
  },
);

test('two hundred requests at once keep within the prepared statements that the server allows', async () => {
  const { token } = administrator;
  const requests = Array.from({ length: 200 }, (_, position) =>
    service.graphql(SEARCH, { search: `nobody ${position}` }, { token }),
  );
  for (const { data } of await Promise.all(requests)) {
    expect(data).toEqual({ users: { nodes: [], totalCount: 0 } });
  }
});
