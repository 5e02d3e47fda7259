import { buildOrganization, buildPerson, buildUser, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';
import { askUsers, listUsers, walkPages, type ListArguments } from './user-list';

let service: TestService;
let acme: BuiltOrganization;
let viewer: Person;

const PEOPLE: [firstName: string, lastName: string, username: string][] = [
  ['Karen', 'Spärck Jones', 'karen@example.com'],
  ['Éva', 'Tardos', 'tardos@example.org'],
  ['Jürgen', 'Weiß', 'weiss@example.com'],
  ['Percent', '100%', 'percent@example.com'],
  ['Under', 'a_b', 'under@example.com'],
  ['Without', 'axb', 'without@example.com'],
  ['Bang', 'wow!', 'bang@example.com'],
  ['Back', 'c\\d', 'back@example.com'],
  ['Quote', "O'Neil", 'quote@example.com'],
  ['Grin', '😀', 'grin@example.com'],
  ['Beam', '😁', 'beam@example.com'],
  ['Σίσυφος', 'Greek', 'greek@example.com'],
  ['Anna', 'Bell', 'bell@example.com'],
  ['Annabell', 'Smith', 'smith@example.com'],
  ['Two  Spaces', 'Wide', 'wide@example.com'],
  ['İpek', 'Yılmaz', 'ipek@example.com'],
];

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  viewer = await buildPerson(service, acme, 'viewer', { firstName: 'Only', lastName: 'Viewer' });
  for (const [index, [firstName, lastName, username]] of PEOPLE.entries()) {
    await buildUser(service, acme, {
      firstName,
      lastName,
      username,
      role: index % 2 ? 'manager' : 'agent',
      enabled: index % 3 !== 0,
      mfaEnabled: index % 4 === 0,
    });
    await buildUser(service, globex, { firstName, lastName, username: `other.${username}` });
  }
});

async function found(search: string | null, more: ListArguments = {}): Promise<string[]> {
  const page = await listUsers(service, viewer.token, { search, first: 100, ...more });
  expect(page.totalCount).toBe(page.nodes.length);
  return page.nodes.map(({ username }) => username.split('@')[0]!);
}

const everyone = async () => found(null);

test.each<[what: string, term: string, usernames: string[]]>([
  ['a part of a first name', 'are', ['karen']],
  ['a part of a last name', 'ärck', ['karen']],
  ['a full name', 'Karen Spärck', ['karen']],
  ['the end of a first and the start of a last name', 'n sp', ['karen']],
  ['a part of a username', '@example.org', ['tardos']],
  ['another case', 'KAREN', ['karen']],
  ['accents left out', 'eva tardos', ['tardos']],
  ['accents put in', 'káren', ['karen']],
  ['accents written decomposed', 'E\u0301va', ['tardos']],
  ['ß as ss', 'WEISS', ['weiss']],
  ['ss as ß', 'weiß', ['weiss']],
  ['full-width letters', 'ｋａｒｅｎ', ['karen']],
  ['either Greek sigma', 'σισυφοσ', ['greek']],
  ['a Turkish capital', 'ipek', ['ipek']],
  ['a name over the border of first and last name', 'anna bell', ['bell']],
  ['white space around it and twice within', '  two   spaces ', ['wide']],
  ['an apostrophe', "o'neil", ['quote']],
  ['a smile, but not another one', '😀', ['grin']],
  ['another smile', '😁', ['beam']],
  ['a percent sign as itself', '%', ['percent']],
  ['an underscore as itself', 'a_b', ['under']],
  ['an exclamation mark as itself', 'w!', ['bang']],
  ['a backslash as itself', 'c\\d', ['back']],
  ['nothing that is there', 'nobody at all', []],
  ['half an emoji', '\ud83d', []],
  ['a NUL character', 'kar\u0000', []],
  ['a quote that ends no string', "' OR '1'='1", []],
  ['the end of a name and the start of a username', 'jones karen', []],
  ['a line break between name and username', 'jones\nkaren', []],
  ['ten thousand characters', 'a'.repeat(10_000), []],
  ['ten thousand wildcards', '%'.repeat(10_000), []],
  ['as many characters as can be searched for', '😀'.repeat(320), []],
])('finds by %s', async (_what, term, usernames) => {
  expect(await found(term)).toEqual(usernames);
});

test.each(['', '   ', '\u0301'])('a blank term finds everyone: "%s"', async (term) => {
  expect(await found(term)).toEqual(await everyone());
  expect(await everyone()).toHaveLength(PEOPLE.length + 1);
});

test('finds nobody of another organization', async () => {
  expect(await found('other.')).toEqual([]);
});

test('finds a user by their new name, and no more by the old one', async () => {
  const { id } = await buildUser(service, acme, { firstName: 'Oldname', username: 'renamed@example.com' });
  const administrator = await buildPerson(service, acme, 'administrator', { firstName: 'Root' });
  await service.graphql(
    `mutation { updateUser(input: { id: "${id}", firstName: "Newname" }) { userErrors { code } } }`,
    {},
    { token: administrator.token },
  );
  expect(await found('oldname')).toEqual([]);
  expect(await found('NEWNAME')).toEqual(['renamed']);
});

const usernamesAt = (keep: (index: number) => boolean) =>
  PEOPLE.filter((_, index) => keep(index)).map(([, , username]) => username.split('@')[0]!);

test('filters by role, enabled and two-factor authentication, each alone and together', async () => {
  const people = new Set(usernamesAt(() => true));
  const filtered = async (filter: object) =>
    (await found(null, { filter })).filter((name) => people.has(name));
  expect(await filtered({ roleIds: [acme.roles.manager] })).toEqual(usernamesAt((index) => index % 2 === 1));
  expect(await filtered({ roleIds: [acme.roles.manager, acme.roles.agent] })).toEqual(
    usernamesAt(() => true),
  );
  expect(await filtered({ enabled: false })).toEqual(usernamesAt((index) => index % 3 === 0));
  expect(await filtered({ enabled: true })).toEqual(usernamesAt((index) => index % 3 !== 0));
  expect(await filtered({ mfaEnabled: true })).toEqual(usernamesAt((index) => index % 4 === 0));
  expect(await filtered({ mfaEnabled: false })).toEqual(usernamesAt((index) => index % 4 !== 0));
  expect(await filtered({ roleIds: [acme.roles.agent], enabled: true, mfaEnabled: false })).toEqual(
    usernamesAt((index) => index % 2 === 0 && index % 3 !== 0 && index % 4 !== 0),
  );
  expect(await filtered({})).toEqual(usernamesAt(() => true));
  expect(await filtered({ roleIds: null, enabled: null, mfaEnabled: null })).toEqual(usernamesAt(() => true));
});

test.each([
  [[]],
  [['role_0']],
  [['1', 'user_1', 'role_1abc', ' role_1', 'role_-1', 'role_1e0', 'role_2147483648', 'ROLE_1', '']],
  [["1') OR 1=1 --"]],
])('a role that cannot be filters everyone out: %j', async (roleId) => {
  expect(await found(null, { filter: { roleIds: roleId } })).toEqual([]);
});

test('filters by a hundred roles at most', async () => {
  const roles = (count: number) => Array.from({ length: count }, (_, index) => `role_${10_000 + index}`);
  expect(await found(null, { filter: { roleIds: [...roles(99), acme.roles.viewer] } })).toEqual([
    viewer.username.split('@')[0],
  ]);
  for (const count of [101, 15_000]) {
    const { errors } = await askUsers(service, viewer.token, { filter: { roleIds: roles(count) } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter.roleIds' });
  }
});

test('search, filter, sort and pages work together', async () => {
  const args = {
    search: 'example.com',
    filter: { enabled: true, roleIds: [acme.roles.agent] },
    sort: [{ field: 'LAST_NAME', direction: 'DESC' }],
  };
  const { nodes } = await listUsers(service, viewer.token, { ...args, first: 100 });
  expect(nodes.length).toBeGreaterThan(4);
  for (const user of nodes) {
    expect(user.username).toContain('@example.com');
    expect(user.enabled).toBe(true);
    expect(user.role.id).toBe(acme.roles.agent);
  }
  const ids = nodes.map(({ id }) => id);
  expect(await walkPages(service, viewer.token, args, 2, 'forwards')).toEqual(ids);
  expect(await walkPages(service, viewer.token, args, 2, 'backwards')).toEqual(ids);
});
