import { toldMessage } from '../src/graphql/told-message';
import { buildOrganization, buildPerson } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

const DOCUMENT = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { expiresAt } } }';

async function messageFor(document: string, variables: Record<string, unknown> = {}) {
  const { errors } = await service.graphql(document, variables);
  expect(errors).toHaveLength(1);
  expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  return errors![0]!.message;
}

test.each<[string, unknown, string]>([
  [
    'a misspelt field',
    { username: 'u', password: 'hunter2', usrname: 'x' },
    'Variable "$input" is invalid: Field "usrname" is not defined by type "SignInInput". Did you mean "username"?',
  ],
  [
    'a value of the wrong type',
    { username: 'u', password: ['hunter2'] },
    'Variable "$input" is invalid at "input.password": Expected a value of type "String".',
  ],
  [
    'a missing field, amid what looks like the end of a message',
    { password: 'hunter2 at "input.username"; hunter2' },
    'Variable "$input" is invalid: Field "username" of required type "String!" was not provided.',
  ],
  [
    'a misspelt field beside a value that looks like a message',
    { password: 'hunter2', username: 'String cannot represent a: b', usrname: 'x' },
    'Variable "$input" is invalid: Field "usrname" is not defined by type "SignInInput". Did you mean "username"?',
  ],
  ['no object', 'hunter2', 'Variable "$input" is invalid: Expected type "SignInInput" to be an object.'],
])('%s is told without the values', async (_what, input, message) => {
  expect(await messageFor(DOCUMENT, { input })).toBe(message);
});

test.each<[string, string, Record<string, unknown>]>([
  [
    'sixty wrong variables',
    `query (${Array.from({ length: 60 }, (_, index) => `$v${index}: Int!`).join(' ')}) { version }`,
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`v${index}`, 'hunter2'])),
  ],
  [
    'a list of sixty wrong values',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: Array.from({ length: 60 }, () => ({ hunter2: 1 })) },
  ],
])('%s are the mistake of the client, all of them', async (_what, document, variables) => {
  const { status, errors } = await service.graphql(document, variables);
  expect(status).toBe(400);
  expect(new Set(errors!.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  expect(JSON.stringify(errors)).not.toContain('hunter2');
});

test('a literal of the wrong type is told without it', async () => {
  const document =
    'mutation { signIn(input: { username: "u", password: ["hunter2"] }) { session { expiresAt } } }';
  expect(await messageFor(document)).toBe('String cannot represent this value.');
});

test.each([
  ['a value of an enum', '{ users(sort: { field: HUNTER2 }) { totalCount } }'],
  ['a text for an enum', '{ users(sort: { field: "hunter2" }) { totalCount } }'],
  ['a time', '{ auditLog(filter: { from: "hunter2" }) { totalCount } }'],
  ['a number', '{ users(first: "hunter2") { totalCount } }'],
  ['a list for an object', 'mutation { signIn(input: ["hunter2"]) { session { expiresAt } } }'],
  ['a text after which nothing fits', '{ users(search: "a" "hunter2") { totalCount } }'],
  ['a block of text', '{ """hunter2""" }'],
])('%s that does not fit is not repeated', async (_what, document) => {
  const { errors } = await service.graphql(document);
  expect(errors!.map(({ extensions: { code } }) => code)).toContain('BAD_USER_INPUT');
  expect(JSON.stringify(errors)).not.toMatch(/hunter2/i);
});

test.each([
  ['null for what has a default', 'query ($n: Int) { users { totalCount(upTo: $n) } }', { n: null }],
  [
    'null within an object',
    `mutation ($b: Boolean) {
      signIn(input: { username: "u", password: "hunter2", withRefreshToken: $b }) { userErrors { code } } }`,
    { b: null },
  ],
])('%s is a mistake of the caller, and told without the values', async (_what, document, variables) => {
  const { token } = await buildPerson(service, await buildOrganization(service), 'administrator');
  const { data, errors } = await service.graphql(document, variables, { token });
  expect(Object.values(data)).toEqual([null]);
  expect(errors!.map(({ extensions: { code } }) => code)).toEqual(['BAD_USER_INPUT']);
  expect(JSON.stringify(errors)).not.toContain('hunter2');
});

const MANY_MISTAKES: [string, Record<string, unknown>][] = [
  ['ids', { ids: Array.from({ length: 20_000 }, () => ({})) }],
  [
    'values of enums',
    { ids: [], sort: Array.from({ length: 4_000 }, () => ({ field: 'NO', direction: 'UP' })) },
  ],
  [
    'fields',
    {
      ids: [],
      sort: { field: 'ID', ...Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, 1])) },
    },
  ],
];

test.each(MANY_MISTAKES)('of thousands of wrong %s ten are told', async (_what, variables) => {
  const document = `query ($ids: [ID!]!, $sort: [UserSort!]) {
    nodes(ids: $ids) { id } users(sort: $sort) { totalCount } }`;
  const { status, errors } = await service.graphql(document, variables);
  expect(status).toBe(400);
  expect(errors).toHaveLength(10);
  expect(new Set(errors!.map(({ extensions: { code } }) => code))).toEqual(new Set(['BAD_USER_INPUT']));
});

test('no message is longer than a few lines, whatever the caller named', async () => {
  const name = 'a'.repeat(30_000);
  expect((await messageFor(`{ ${name} }`)).length).toBeLessThan(500);
  const input = { username: 'u', password: 'p', [name]: 1 };
  expect((await messageFor(DOCUMENT, { input })).length).toBeLessThan(500);
});

test.each(['cannot represent ', ' at "a"; ', 'String "', ' got invalid value ', ', found '])(
  'a message full of "%s" is cut',
  (words) => {
    expect(toldMessage(`Variable "$input" ${words.repeat(200_000)}`).length).toBeLessThan(400);
  },
);
