import { redactValues } from '../src/graphql/redaction';
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
    'Variable "$input" is invalid at "input.password": String cannot represent a non string value.',
  ],
  [
    'a missing field, amid what looks like the end of a message',
    { password: 'hunter2 at "input.username"; hunter2' },
    'Variable "$input" is invalid: Field "username" of required type "String!" was not provided.',
  ],
  [
    'a misspelt field beside a value that looks like a message',
    { password: 'hunter2', username: 'String cannot represent a: b', usrname: 'x' },
    'Variable "$input" is invalid.',
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
  expect(await messageFor(document)).toBe('String cannot represent a non string value.');
});

test('a message about a long value is cut in a time that grows with its length, not with its square', () => {
  const started = performance.now();
  const message = redactValues(
    `Variable "$input" got invalid value "${'cannot represent '.repeat(60_000)}"; Field "x"`,
  );
  expect(message).toBe('Variable "$input" is invalid: Field "x"');
  expect(performance.now() - started).toBeLessThan(5_000);
});
