import { buildOrganization, buildPerson, buildUser, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';
import { askUsers, listUsers, type ListArguments } from './user-list';

let service: TestService;
let acme: BuiltOrganization;
let viewer: Person;
let foreigner: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  viewer = await buildPerson(service, acme, 'viewer');
  foreigner = await buildPerson(service, globex, 'viewer');
  for (let index = 0; index < 5; index += 1) {
    await buildUser(service, acme);
    await buildUser(service, globex);
  }
});

/** The argument that is to blame, or null when the list was answered. */
async function blamed(args: ListArguments, token = viewer.token): Promise<unknown> {
  const { errors, data } = await askUsers(service, token, args);
  if (!errors) return null;
  expect(data).toEqual({ users: null });
  expect(errors).toHaveLength(1);
  expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
  return errors[0]!.extensions.argument;
}

test.each([1, 50, 100])('a page may have %d users', async (size) => {
  expect(await blamed({ first: size })).toBeNull();
  expect(await blamed({ last: size })).toBeNull();
});

test.each([0, -1, 101, 1000, 2_147_483_647, -2_147_483_648])('a page cannot have %d users', async (size) => {
  expect(await blamed({ first: size })).toBe('first');
  expect(await blamed({ last: size })).toBe('last');
});

test.each([2_147_483_648, 1.5, '10', [10], {}, true])(
  'a page size is a whole number, not %j',
  async (first) => {
    const { errors, status } = await askUsers(service, viewer.token, { first });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  },
);

test('first and last exclude each other', async () => {
  expect(await blamed({ first: 2, last: 2 })).toBe('last');
});

test('null for every argument is the same as none', async () => {
  const names = ['search', 'filter', 'sort', 'first', 'after', 'last', 'before'];
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  expect(await listUsers(service, viewer.token, nothing)).toEqual(await listUsers(service, viewer.token));
});

test('a sort names each field once, and at most five', async () => {
  const sort = (...fields: string[]) => ({ sort: fields.map((field) => ({ field })) });
  expect(await blamed(sort('PHONE', 'PHONE'))).toBe('sort');
  expect(await blamed(sort('ID', 'PHONE', 'ROLE', 'MFA', 'ENABLED'))).toBeNull();
  expect(await blamed(sort('ID', 'PHONE', 'ROLE', 'MFA', 'ENABLED', 'USERNAME'))).toBe('sort');
  expect(await blamed({ sort: [] })).toBeNull();
});

test.each(['id', 'PASSWORD_HASH', 'u.id; DROP TABLE user', ''])('there is no sort by "%s"', async (field) => {
  const { errors, status } = await askUsers(service, viewer.token, { sort: [{ field }] });
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('counting stops where it is told to', async () => {
  const count = async (upTo: number) => (await listUsers(service, viewer.token, { upTo })).totalCount;
  expect(await count(1)).toBe(1);
  expect(await count(5)).toBe(5);
  expect(await count(6)).toBe(6);
  expect(await count(100_000)).toBe(6);
});

test.each([0, -1, 100_001])('nothing counts up to %d', async (upTo) => {
  const { errors } = await askUsers(service, viewer.token, { upTo });
  expect(errors?.[0]).toMatchObject({
    path: ['users', 'totalCount'],
    extensions: { code: 'BAD_USER_INPUT', argument: 'upTo' },
  });
});

const cursorOf = async (args: ListArguments = {}, token = viewer.token) =>
  (await listUsers(service, token, { first: 2, ...args })).pageInfo.endCursor!;

const tamperings: Record<string, (cursor: string) => string> = {
  'nothing at all': () => '',
  nonsense: () => 'nonsense',
  'one dot': () => '.',
  'no signature': (cursor) => cursor.split('.')[0]!,
  'an empty signature': (cursor) => `${cursor.split('.')[0]!}.`,
  'another first character': (cursor) => (cursor.startsWith('W') ? 'X' : 'W') + cursor.slice(1),
  'another signature': (cursor) => `${cursor.slice(0, -22)}${'A'.repeat(22)}`,
  'a signature in characters of two bytes': (cursor) => `${cursor.slice(0, -22)}${'é'.repeat(22)}`,
  'a character of two bytes at the end': (cursor) => `${cursor.slice(0, -1)}é`,
  'half an emoji': (cursor) => `${cursor.slice(0, -1)}\ud83d`,
  'other values under the same signature': (cursor) =>
    `${Buffer.from('[1]').toString('base64url')}.${cursor.split('.')[1]!}`,
  'a part more': (cursor) => `${cursor}.x`,
  'white space': (cursor) => ` ${cursor}`,
  'a NUL character': (cursor) => `${cursor}\u0000`,
  'ten thousand characters': () => 'a'.repeat(10_000),
  'ten thousand dots': () => '.'.repeat(10_000),
};

test.each(Object.entries(tamperings))('refuses a cursor with %s', async (_what, tamper) => {
  const cursor = tamper(await cursorOf());
  expect(await blamed({ after: cursor })).toBe('after');
  expect(await blamed({ before: cursor })).toBe('before');
});

test('a cursor opens the list that it was made for', async () => {
  expect(await blamed({ after: await cursorOf() })).toBeNull();
  expect(await blamed({ before: await cursorOf() })).toBeNull();
});

test('refuses a cursor of another organization', async () => {
  const foreign = await cursorOf({}, foreigner.token);
  expect(await blamed({ after: foreign }, foreigner.token)).toBeNull();
  expect(await blamed({ after: foreign })).toBe('after');
  expect(await blamed({ before: foreign })).toBe('before');
});

test.each<[what: string, made: ListArguments, used: ListArguments]>([
  ['order', {}, { sort: [{ field: 'USERNAME' }] }],
  ['direction', { sort: [{ field: 'PHONE' }] }, { sort: [{ field: 'PHONE', direction: 'DESC' }] }],
  ['search', { search: 'sample' }, { search: 'sam' }],
  ['search, left out', { search: 'sample' }, {}],
  ['filter', { filter: { enabled: true } }, { filter: { mfaEnabled: false } }],
  ['filter, left out', { filter: { enabled: true } }, {}],
])('refuses a cursor of another %s', async (_what, made, used) => {
  const after = await cursorOf(made);
  expect(await blamed({ ...made, after })).toBeNull();
  expect(await blamed({ ...used, after })).toBe('after');
});

test('a cursor works for a search that means the same', async () => {
  const after = await cursorOf({ search: 'sample' });
  expect(await blamed({ search: ' SÄMPLE ', after })).toBeNull();
});
