import { getIntrospectionQuery } from 'graphql';
import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type TestService } from './harness';

/** Milliseconds; generous, for machines that do other things as well. */
const QUICK = 1000;

let service: TestService;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
});

async function ask(query: string) {
  const start = performance.now();
  const { status, errors, data } = await service.graphql(query, {}, { token: administrator.token });
  const codes = new Set(errors?.map(({ extensions }) => extensions.code));
  return { status, codes: [...codes], data, errors, time: performance.now() - start };
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** 2^25 fields when they are all spread. */
const bomb = `{ users { nodes { ...F0 } } }
  ${times(25, (index) => `fragment F${index} on User { role { id } ...F${index + 1} ...F${index + 1} }`)}
  fragment F25 on User { id }`;
const bombInDepth = `{ viewer { user { ...F0 } } }
  ${times(25, (index) => `fragment F${index} on User { a: viewerCanEdit ...F${index + 1} b: viewerCanEdit ...F${index + 1} }`)}
  fragment F25 on User { id }`;

const EXCESSIVE: Record<string, string> = {
  'a thousand aliases of a list': `{ ${times(1000, (index) => `a${index}: users { totalCount }`)} }`,
  'a hundred aliases': `{ ${times(100, (index) => `a${index}: users { totalCount }`)} }`,
  'a hundred sign-ins in one request': `mutation { ${times(
    100,
    (index) => `a${index}: signIn(input: { username: "a", password: "b" }) { userErrors { code } }`,
  )} }`,
  'twenty-one root fields': `{ ${times(21, () => 'viewer { permissions }')} }`,
  'three thousand equal fields': `{ users { nodes { ${times(3000, () => 'id')} } } }`,
  'a depth of 200': `{ users { nodes ${'{ role '.repeat(200)} { id } ${'}'.repeat(200)} } }`,
  'a depth of 200 in a query that is valid': `{ __type(name: "User") { fields { type ${'{ ofType '.repeat(200)}
    { name } ${'}'.repeat(200)} } } }`,
  'a depth of 3000': `{ users ${'{ nodes '.repeat(3000)} { id } ${'}'.repeat(3000)} }`,
  'lists 3000 deep': `{ users(filter: { roleId: ${'['.repeat(3000)}"1"${']'.repeat(3000)} }) { totalCount } }`,
  'a fragment bomb': bomb,
  'another fragment bomb': bombInDepth,
  'a fragment that holds itself':
    '{ viewer { user { ...A } } } fragment A on User { ...B } fragment B on User { ...A }',
  'a thousand directives': `{ viewer { permissions ${times(1000, () => '@include(if: true)')} } }`,
  'a hundred kilobytes of a name': `{ ${'a'.repeat(100_000)} }`,
  'a deep introspection': `{ __schema { types { fields { type { fields { type { fields { type { fields {
    type { fields { type { fields { type { fields { name } } } } } } } } } } } } } } } }`,
};

test.each(Object.entries(EXCESSIVE))('refuses %s quickly', async (_what, query) => {
  const { status, codes, data, time } = await ask(query);
  expect(status).toBe(400);
  expect(data).toBeUndefined();
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) expect(['QUERY_TOO_COMPLEX', 'BAD_USER_INPUT']).toContain(code);
  expect(time).toBeLessThan(QUICK);
});

test('limits that are ours have their own code', async () => {
  expect((await ask(EXCESSIVE['a hundred aliases']!)).codes).toEqual(['QUERY_TOO_COMPLEX']);
  expect((await ask(EXCESSIVE['a depth of 200 in a query that is valid']!)).codes).toEqual([
    'QUERY_TOO_COMPLEX',
  ]);
  expect((await ask(EXCESSIVE['twenty-one root fields']!)).codes).toEqual(['QUERY_TOO_COMPLEX']);
});

const typeOf = (fields: string) => `{ __type(name: "User") { fields { ${fields} } } }`;
const tooDeep = `type ${'{ ofType '.repeat(20)} { name } ${'}'.repeat(20)}`;

test.each([
  ['a thousand aliases', EXCESSIVE['a thousand aliases of a list']!],
  [
    'aliases with fields that have none after them',
    typeOf(`${times(300, (index) => `a${index}: name`)} ${times(300, () => 'type { kind }')}`),
  ],
  ['aliases of objects', typeOf(times(200, (index) => `a${index}: type { kind name }`))],
  ['directives', typeOf(`name ${times(200, () => '... @include(if: true) { name }')}`)],
  ['branches that are too deep', typeOf(`${tooDeep} isDeprecated ${tooDeep} ${tooDeep}`)],
  [
    'operations with too many root fields',
    times(3, (index) => `query Q${index} { ${times(21, () => 'viewer { permissions }')} }`),
  ],
])('%s are told once', async (_what, query) => {
  const { status, errors } = await ask(query);
  expect(status).toBe(400);
  expect(errors).toHaveLength(1);
});

test.each<[string, number, (count: number) => string]>([
  ['30 aliases', 30, (count) => typeOf(times(count, (index) => `a${index}: name`))],
  ['20 root fields', 20, (count) => `{ ${times(count, () => '__typename')} }`],
  ['50 directives', 50, (count) => typeOf(`name ${times(count, () => '... @include(if: true) { name }')}`)],
  // The three levels around it and the name within it count too.
  [
    '15 levels',
    15,
    (count) => typeOf(`type ${'{ ofType '.repeat(count - 4)} { name } ${'}'.repeat(count - 4)}`),
  ],
])('%s are allowed, one more is not', async (_what, maximum, query) => {
  expect((await ask(query(maximum))).codes).toEqual([]);
  expect((await ask(query(maximum + 1))).codes).toEqual(['QUERY_TOO_COMPLEX']);
});

test('a document of 2000 tokens is read, one of more is not', async () => {
  // 16 of the tokens are around the ids.
  const documentOf = (tokens: number) =>
    `{ users(filter: { roleIds: [${times(tokens - 16, () => '"role_1"')}] }) { totalCount } }`;
  const messagesOf = async (tokens: number) =>
    (await ask(documentOf(tokens))).errors?.map(({ message }) => message);
  expect(await messagesOf(2000)).toEqual(['filter.roleIds takes at most 100 roles.']);
  expect(await messagesOf(2001)).toEqual([
    'The query is too complex: it has more than 2000 words and signs.',
  ]);
});

test('an excess within a fragment counts like any other', async () => {
  const aliases = times(40, (index) => `a${index}: totalCount`);
  const { codes } = await ask(`{ users { ...Counts } } fragment Counts on UserConnection { ${aliases} }`);
  expect(codes).toEqual(['QUERY_TOO_COMPLEX']);
  const depth = times(8, (index) => `fragment D${index} on User { ...D${index + 1} }`);
  expect((await ask(`{ viewer { user { ...D0 } } } ${depth} fragment D8 on User { id }`)).codes).toEqual([]);
});

test('what clients really ask is allowed: introspection, a full page, several things at once', async () => {
  expect((await ask(getIntrospectionQuery())).codes).toEqual([]);
  expect(
    (await ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }))).codes,
  ).toEqual([]);
  const page = `users(first: 100) { edges { cursor node { id firstName lastName username phone enabled mfaEnabled
    role { id name permissions } viewerCanEdit viewerCannotEditReasons viewerCanSetEnabled viewerCanResetMfa } }
    pageInfo { hasNextPage endCursor } totalCount }`;
  expect(
    (await ask(`{ viewer { permissions user { id } } roles { id name viewerCanAssign } ${page} }`)).codes,
  ).toEqual([]);
  expect((await ask(`{ ${times(20, (index) => `u${index}: user(id: "${index}") { id }`)} }`)).codes).toEqual(
    [],
  );
});

test('the service still answers after all of that', async () => {
  expect((await ask('{ viewer { permissions } }')).status).toBe(200);
});
