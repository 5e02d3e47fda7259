import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getIntrospectionQuery, Kind, OperationTypeNode, parse, print } from 'graphql';
import { refuseExcess } from '../src/graphql/operation-limits';
import { buildRolecallSchema } from '../src/graphql/schema';
import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  administrator = await buildPerson(service, await buildOrganization(service), 'administrator');
});

interface Answer {
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly cost: number };
}

/** What an operation costs, or why it is refused. */
async function judge(query: string, variables: object = {}) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${administrator.token}` },
    body: JSON.stringify({ query, variables, extensions: { cost: true } }),
  });
  const { errors = [], extensions } = (await response.json()) as Answer;
  return {
    status: response.status,
    cost: extensions?.cost,
    codes: errors.map(({ extensions: { code } }) => code),
    errors,
  };
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const COSTS: [what: string, cost: number, query: string, variables?: object][] = [
  ['an object', 1, '{ viewer { permissions } }'],
  ['objects within objects', 3, '{ viewer { user { role { name } } } }'],
  ['a page: its list and its size', 55, '{ users { nodes { id } } }'],
  ['a smaller page', 12, '{ users(first: 7) { nodes { id } } }'],
  ['a page from the end', 12, '{ users(last: 7) { nodes { id } } }'],
  ['edges and nodes', 19, '{ users(first: 7) { edges { node { id } } nodes { id } } }'],
  ['objects of each element', 26, '{ users(first: 7) { nodes { role { id } invitation { state } } } }'],
  [
    'pages within a page',
    5 + 7 * (1 + 5 + 3),
    '{ users(first: 7) { nodes { history(first: 3) { nodes { id } } } } }',
  ],
  ['a size in a variable', 12, 'query ($n: Int) { users(first: $n) { nodes { id } } }', { n: 7 }],
  ['the default of a variable', 13, 'query ($n: Int = 8) { users(first: $n) { nodes { id } } }'],
  ['null for a size', 55, 'query ($n: Int) { users(first: $n) { nodes { id } } }', { n: null }],
  [
    'fragments, wherever they are spread',
    5 + 7 * (1 + 2),
    `{ users(first: 7) { ...Page } } fragment Page on UserConnection { nodes { ...Row ...Row } }
      fragment Row on User { role { id } }`,
  ],
  [
    'fragments without a name',
    5 + 7 * 2,
    '{ users(first: 7) { ... { nodes { ... on User { role { id } } } } } }',
  ],
  [
    'several ids',
    6,
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { role { id } } } }',
    { ids: ['1', '2', '3'] },
  ],
  ['several ids in the document', 2, '{ nodes(ids: ["1", "2"]) { id } }'],
  ['a list of objects without pages', 20, '{ roles { id } }'],
  ['a list of values', 1, '{ permissions { key } }'],
  ['what is counted, by the thousand', 5 + 3, '{ users { totalCount(upTo: 3000) } }'],
  ['what is counted as far as by default', 5 + 1, '{ users { totalCount } }'],
  ['the same once more', 2, '{ viewer { permissions again: permissions } }'],
  ['nothing for what is left out', 1, '{ viewer { permissions user @include(if: false) { role { id } } } }'],
  [
    'nothing for what a variable leaves out',
    1,
    'query ($no: Boolean!) { viewer { permissions ...U @skip(if: $no) } } fragment U on Viewer { user { id } }',
    { no: true },
  ],
  ['introspection', 501, getIntrospectionQuery()],
];

test.each(COSTS.map(([what, ...row]) => [what, row] as const))(
  'counts %s',
  async (_what, [cost, query, variables]) => {
    const judged = await judge(query, variables);
    expect(judged.errors).toEqual([]);
    expect(judged.cost).toBe(cost);
  },
);

test('the cost is told to those who ask for it only', async () => {
  const { status, ...answer } = await service.graphql('{ version }');
  expect(status).toBe(200);
  expect(answer).not.toHaveProperty('extensions');
});

const history = (inner: string) => `history(first: 1) { nodes { ${inner} } }`;

const EXCESSIVE: Record<string, [limit: RegExp, query: string, variables?: object]> = {
  'more objects than the limit': [
    /more than 2000 objects/,
    '{ users(first: 100) { nodes { history(first: 100) { nodes { id } } } } }',
  ],
  'sizes in variables': [
    /2000 objects/,
    'query ($n: Int) { users(first: $n) { nodes { history(first: $n) { nodes { id } } } } }',
    { n: 45 },
  ],
  'sizes by default': [/2000 objects/, '{ users { nodes { history { nodes { id } } } } }'],
  'a default in place of an absent variable': [
    /2000 objects/,
    'query ($n: Int = 100) { users(first: $n) { nodes { history(last: $n) { edges { cursor } } } } }',
  ],
  'pages in fragments': [
    /2000 objects/,
    `{ users(first: 100) { nodes { ...A ...B } } } fragment A on User { history(first: 10) { ...C } }
     fragment B on User { history(first: 10) { ...C } } fragment C on AuditEventConnection { nodes { id } }`,
  ],
  'the same page under many names': [
    /2000 objects/,
    `{ ${times(19, (index) => `a${index}: users(first: 100) { nodes { id } }`)} }`.replaceAll(
      'nodes { id }',
      'nodes { role { id } }',
    ),
  ],
  'counting far': [
    /2000 objects/,
    `{ ${times(20, (index) => `a${index}: users { totalCount(upTo: 100000) }`)} }`,
  ],
  'types by many names': [
    /2000 objects/,
    `{ __schema { ${times(20, (index) => `t${index}: types { fields { name } }`)} } }`,
  ],
  'fields of types of fields': [
    /2000 objects/,
    '{ __schema { types { fields { type { fields { name } } } } } }',
  ],
  'fields of types of arguments': [
    /2000 objects/,
    '{ __schema { types { fields { args { type { inputFields { name } } } } } } }',
  ],
  'history in history': [
    /same kind/,
    `{ user(id: "user_1") { ${history(`actor { user { ${history('id')} } }`)} } }`,
  ],
  'history in history, about whom': [
    /same kind/,
    `{ user(id: "user_1") { ${history(`target { user { ${history('id')} } }`)} } }`,
  ],
  'history in the audit log': [
    /same kind/,
    `{ auditLog(first: 1) { nodes { actor { user { ${history('id')} } } } } }`,
  ],
  'history in history through fragments': [
    /same kind/,
    `{ user(id: "user_1") { history(first: 1) { edges { node { ...E } } } } }
     fragment E on AuditEvent { actor { ...A } } fragment A on AuditActor { user { ... { history(first: 1) { pageInfo { hasNextPage } } } } }`,
  ],
  'levels in fragments': [
    /15 levels/,
    `{ __type(name: "User") { fields { type { ...F0 } } } }
     ${times(30, (index) => `fragment F${index} on __Type { ofType { ofType { ofType { ofType { ofType { ...F${index + 1} } } } } } }`)}
     fragment F30 on __Type { name }`,
  ],
  'root fields in fragments': [
    /20 fields/,
    `{ ...A ...B } fragment A on Query { ${times(11, () => 'version')} } fragment B on Query { ${times(11, () => 'version')} }`,
  ],
  'root fields in a fragment that is spread often': [
    /20 fields/,
    `{ ${times(8, () => '...A')} } fragment A on Query { a: version b: version c: version }`,
  ],
  'root fields in fragments without a name': [/20 fields/, `{ ${times(21, () => '... { version }')} }`],
};

test.each(Object.entries(EXCESSIVE))('refuses %s', async (_what, [limit, query, variables]) => {
  const { status, codes, errors } = await judge(query, variables);
  expect(codes).toEqual(['QUERY_TOO_COMPLEX']);
  expect(status).toBe(400);
  expect(errors[0]!.message).toMatch(limit);
});

test('tells how much too much it was', async () => {
  const { errors } = await judge('{ users(first: 100) { nodes { history(first: 100) { nodes { id } } } } }');
  expect(errors[0]!.extensions).toEqual({
    code: 'QUERY_TOO_COMPLEX',
    requestId: expect.any(String),
    maximum: 2000,
    cost: 5 + 100 * (1 + 5 + 100),
  });
});

test('the limit is a setting', async () => {
  const other = await startService({ queryCostLimit: 1000 });
  const query = '{ users(first: 100) { nodes { history(first: 5) { nodes { id } } } } }';
  expect((await other.graphql(query)).errors![0]!.extensions).toMatchObject({ maximum: 1000, cost: 1105 });
  await other.stop();
});

const signIn = 'signIn(input: { username: "a@example.com", password: "b" }) { userErrors { code } }';
const endSession = 'endSession(input: { id: "viewersession_1" }) { userErrors { code } }';

test.each([
  ['two sign-ins', `mutation { a: ${signIn} b: ${signIn} }`],
  [
    'two sign-ins in fragments',
    `mutation { ...A ... { b: ${signIn} } } fragment A on Mutation { a: ${signIn} }`,
  ],
  [
    'a sign-in and a link for a new password',
    `mutation { ${signIn} requestPasswordReset(input: { username: "a@example.com" }) { userErrors { code } } }`,
  ],
  ['eleven mutations', `mutation { ${times(11, (index) => `a${index}: ${endSession}`)} }`],
])('refuses %s in one document, and does none of them', async (_what, document) => {
  const { status, codes } = await judge(document);
  expect(codes).toEqual(['QUERY_TOO_COMPLEX']);
  expect(status).toBe(400);
});

test('takes ten mutations, one of them heavy', async () => {
  const light = times(9, (index) => `a${index}: ${endSession}`);
  expect((await judge(`mutation { ${light} ${signIn} }`)).codes).toEqual([]);
});

const HEAVY = [
  'answerSignInChallenge',
  'changePassword',
  'confirmMfaSetUp',
  'createUser',
  'refreshSession',
  'removeMfa',
  'replaceRecoveryCodes',
  'requestPasswordReset',
  'resendInvitation',
  'resetMfa',
  'resetPassword',
  'signIn',
  'startMfaSetUp',
  'updateUser',
];

test.each(HEAVY)('%s takes a password, mails or signs in, and may stand once', (name) => {
  expect(Object.keys(buildRolecallSchema().getMutationType()!.getFields())).toContain(name);
  const parts = { cost: 0, depth: 1, repeatsList: false };
  const refuse = (rootFields: string[]) =>
    refuseExcess({ ...parts, rootFields }, OperationTypeNode.MUTATION, 2000);
  expect(() => refuse([name, 'endSession'])).not.toThrow();
  expect(() => refuse([name, name])).toThrow(/may have 1/);
});

const FRAGMENT_FILES = 'client/src';

test('every document of the client costs far less than the limit, with pages of 200 too', async () => {
  const files = readdirSync(FRAGMENT_FILES, { recursive: true, encoding: 'utf8' });
  const text = files
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readFileSync(join(FRAGMENT_FILES, file), 'utf8'))
    .join('\n');
  const { definitions } = parse(text);
  const fragments = new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const withFragments = (source: string, seen = new Set<string>()): string =>
    [...source.matchAll(/\.\.\.(\w+)/g)].reduce((all, [, name]) => {
      if (name === 'on' || seen.has(name!)) return all;
      seen.add(name!);
      return `${all}\n${withFragments(print(fragments.get(name!)!), seen)}`;
    }, source);
  const queries = definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.QUERY
      ? [withFragments(print(one))]
      : [],
  );
  expect(queries.length).toBeGreaterThan(10);
  for (const query of queries) {
    const { cost, errors } = await judge(query, {
      first: 200,
      id: 'user_1',
      search: 'x',
      input: { id: 'role_1', permissions: [] },
    });
    expect(errors.filter((error) => !error.message.startsWith('first must be'))).toEqual([]);
    expect(cost).toBeLessThan(1300);
  }
});
