const asQuery = (query: string, rest: object = {}) => JSON.stringify({ query, ...rest });

const nestedFields = (levels: number) => `${'{ viewer '.repeat(levels)}{ __typename }${' }'.repeat(levels)}`;

function fragmentBomb(levels: number): string {
  const fragments = Array.from({ length: levels }, (_, level) => {
    return `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`;
  });
  return `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { version }`;
}

const aliases = (field: string, count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')} }`;

const deepHistory = `${'{ roles { organization '.repeat(10)}{ id }${' } }'.repeat(10)}`;

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';

/** Whole bodies that are no request, no document, or one that asks for far too much. */
export const BAD_BODIES: readonly string[] = [
  '',
  '{',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '[{}]',
  '{}',
  '{"query":1}',
  '{"query":null}',
  '{"query":[]}',
  '{"query":"{ version }","variables":"x"}',
  '{"query":"{ version }","variables":[1]}',
  '{"query":"{ version }","variables":1e999}',
  '{"query":"{ version }","operationName":5}',
  '{"query":"{ version }","operationName":"Nobody"}',
  '{"query":"{ version }","extensions":"x"}',
  '{"query":"{ version }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}',
  '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}',
  '{"query":"{ version }","__proto__":{"x":1}}',
  '{"query":"{ version }","constructor":{"prototype":{"x":1}}}',
  '{"query":"\\ud800"}',
  `[${Array.from({ length: 50 }, () => asQuery('{ version }')).join(',')}]`,
  asQuery(''),
  asQuery('#'),
  asQuery('{'),
  asQuery('{}'),
  asQuery('{ version'),
  asQuery('{ version } { version }'),
  asQuery('{ __proto__ }'),
  asQuery('{ constructor }'),
  asQuery('subscription { x }'),
  asQuery('query A { version } query A { version }'),
  asQuery('{ ...A } fragment A on Query { ...A }'),
  asQuery('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
  asQuery('{ ...Nothing }'),
  asQuery('{ version @skip(if: "x") }'),
  asQuery('{ version @nothing }'),
  asQuery(`{ version ${'@include(if: true) '.repeat(60)} }`),
  asQuery('query ($a: Nothing) { version }'),
  asQuery('query ($a: Int! = null) { version }'),
  asQuery('query ($a: Int, $a: Int) { users(first: $a) { totalCount } }', { variables: { a: {} } }),
  asQuery('{ users(first: 99999999999999999999) { totalCount } }'),
  asQuery('{ users(first: 1e400) { totalCount } }'),
  asQuery('{ users(search: """\u0000""") { totalCount } }'),
  asQuery('{ user(id: {}) { id } }'),
  asQuery('{ user(id: 1.5) { id } }'),
  asQuery(`{ user(id: "${'9'.repeat(5000)}") { id } }`),
  asQuery(`query { a: version ${'version '.repeat(990)} }`),
  asQuery(nestedFields(20)),
  asQuery(nestedFields(3000)),
  asQuery(deepHistory),
  asQuery(`{ ${'{'.repeat(4000)}`),
  asQuery(`{ users(search: ${'['.repeat(3000)}) { totalCount } }`),
  asQuery(fragmentBomb(25)),
  asQuery(aliases('version', 1000)),
  asQuery(aliases('roles { id }', 25)),
  asQuery(aliases('users(first: 100) { nodes { role { users: name } } }', 25)),
  asQuery(`"${'\\u00e9'.repeat(3000)}"`),
  asQuery(`{ version(${'a: 1 '.repeat(200)}) }`),
  asQuery(`query (${Array.from({ length: 60 }, (_, index) => `$v${index}: Int!`).join(' ')}) { version }`, {
    variables: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`v${index}`, 'x'])),
  }),
  asQuery(SIGN_IN, { variables: { input: null } }),
  asQuery(SIGN_IN, { variables: { input: [{ username: 'a', password: 'b' }] } }),
  asQuery(SIGN_IN, { variables: { input: { username: 'a', password: 'b', role: 'administrator' } } }),
  asQuery(SIGN_IN, { variables: { input: { username: { like: '%' }, password: { ne: null } } } }),
  asQuery('{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }'),
  asQuery(`{ version } ${' '.repeat(300_000)}`),
];
