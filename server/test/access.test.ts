import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildASTSchema, lexicographicSortSchema, parse } from 'graphql';
import { enforceAccess } from '../src/graphql/access-directives';
import { buildRolecallSchema } from '../src/graphql/schema';
import { buildOrganization, buildPerson, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';

const schema = buildRolecallSchema();

let service: TestService;
let acme: BuiltOrganization;
let agent: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  agent = await buildPerson(service, acme, 'agent');
});

test('a forbidden field does not keep an allowed one beside it from answering', async () => {
  const { data, errors } = await service.graphql(
    '{ viewer { permissions } user(id: "1") { id } }',
    {},
    { token: agent.token },
  );
  expect(data).toEqual({ viewer: { permissions: ['VIEW_CUSTOMERS', 'ACCESS_CALLS'] }, user: null });
  expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN' } }]);
});

test('a guarded nullable field is null, with an error that names its path', async () => {
  const { data, errors } = await service.graphql(
    '{ viewer { user { username role { name permissions } } } }',
    {},
    { token: agent.token },
  );
  expect(data.viewer.user).toEqual({ username: agent.username, role: { name: 'agent', permissions: null } });
  expect(errors).toMatchObject([
    {
      path: ['viewer', 'user', 'role', 'permissions'],
      extensions: { code: 'FORBIDDEN', requires: 'VIEW_USERS' },
    },
  ]);
});

test('a mutation that is refused is not carried out, also beside one that is allowed', async () => {
  const { data, errors } = await service.graphql(
    `mutation {
      updateUser(input: { id: "${agent.id}", firstName: "Eve" }) { user { id } }
      signOut { userErrors { code } }
    }`,
    {},
    { token: (await buildPerson(service, acme, 'agent')).token },
  );
  expect(data).toEqual({ updateUser: null, signOut: { userErrors: [] } });
  expect(errors).toMatchObject([{ path: ['updateUser'], extensions: { code: 'FORBIDDEN' } }]);
});

test('an alias, a fragment or a variable opens nothing', async () => {
  const { errors } = await service.graphql(
    `query ($yes: Boolean!) { viewer { permissions } ...Everyone @include(if: $yes) }
     fragment Everyone on Query { viewer2: users { nodes { ...Person } } }
     fragment Person on User { id }`,
    { yes: true },
    { token: agent.token },
  );
  expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', requires: 'VIEW_USERS' });
});

const smallSchema = (fields: string) =>
  buildASTSchema(
    parse(`
      directive @auth(requires: Permission!) on FIELD_DEFINITION
      directive @signedIn on FIELD_DEFINITION
      directive @public on FIELD_DEFINITION
      enum Permission { VIEW_USERS }
      ${fields}
    `),
    { assumeValidSDL: true },
  );

test('a schema in which a root field is undecided does not start, and says which', () => {
  const undecided = smallSchema(`
    type Query { a: Int @public  b: Int  c: Int @auth(requires: VIEW_USERS) }
    type Mutation { d: Int @signedIn  e: Int }
  `);
  expect(() => enforceAccess(undecided)).toThrow('Without @auth, @signedIn or @public: Query.b, Mutation.e');
});

test('a schema in which every root field is decided starts', () => {
  expect(() => enforceAccess(smallSchema('type Query { a: Int @public }'))).not.toThrow();
});

test('schema.graphql is what the service serves', () => {
  const written = readFileSync(join(__dirname, '../../schema.graphql'), 'utf8');
  const printed = printSchemaWithDirectives(lexicographicSortSchema(schema));
  expect(written.replace(/^#.*\n\n/, '')).toBe(`${printed}\n`);
});
