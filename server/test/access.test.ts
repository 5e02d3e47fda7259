import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDirective, printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildASTSchema, lexicographicSortSchema, parse, type GraphQLObjectType } from 'graphql';
import { enforceAccess } from '../src/access/access-directives';
import { ALL_PERMISSIONS, type Permission } from '../src/access/permissions';
import { buildRolecallSchema } from '../src/schema';
import { buildOrganization, buildPerson, buildRole, type BuiltOrganization, type Person } from './builders';
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

type Decision = 'public' | 'signedIn' | Permission;

/** Every root field, what it takes to use it, and how it is called. A new field fails here first. */
const ROOT_FIELDS: Record<string, readonly [decision: Decision, call: string]> = {
  'Query.viewer': ['public', ''],
  'Query.passwordPolicy': ['public', ''],
  'Query.users': ['view_users', ''],
  'Query.user': ['view_users', '(id: "1")'],
  'Query.roles': ['view_users', ''],
  'Query.role': ['view_users', '(id: "0")'],
  'Query.permissions': ['signedIn', ''],
  'Query.auditLog': ['view_audit_log', ''],
  'Query.previewRoleChange': ['manage_roles', '(input: { id: "0", permissions: [] })'],
  'Mutation.signIn': ['public', '(input: { username: "", password: "" })'],
  'Mutation.answerSignInChallenge': ['public', '(input: { challengeToken: "", newPassword: "" })'],
  'Mutation.startMfaSetUp': ['public', '(input: { challengeToken: "" })'],
  'Mutation.confirmMfaSetUp': ['public', '(input: { challengeToken: "", code: "" })'],
  'Mutation.refreshSession': ['public', '(input: {})'],
  'Mutation.signOut': ['public', ''],
  'Mutation.updateProfile': ['signedIn', '(input: {})'],
  'Mutation.changePassword': ['signedIn', '(input: { currentPassword: "", newPassword: "" })'],
  'Mutation.removeMfa': ['signedIn', '(input: { password: "", code: "" })'],
  'Mutation.replaceRecoveryCodes': ['signedIn', '(input: { code: "" })'],
  'Mutation.endSession': ['signedIn', '(input: { id: "0" })'],
  'Mutation.endOtherSessions': ['signedIn', ''],
  'Mutation.createUser': [
    'add_user',
    '(input: { firstName: "", lastName: "", username: "", password: "", phone: "", roleId: "0" })',
  ],
  'Mutation.updateUser': ['edit_user', '(input: { id: "0" })'],
  'Mutation.endUserSessions': ['edit_user', '(input: { id: "0" })'],
  'Mutation.requestPasswordReset': ['public', '(input: { username: "" })'],
  'Mutation.resetPassword': ['public', '(input: { token: "", newPassword: "" })'],
  'Mutation.resendInvitation': ['add_user', '(input: { userId: "0" })'],
  'Mutation.unlockUser': ['edit_user', '(input: { userId: "0" })'],
  'Mutation.createRole': ['manage_roles', '(input: { name: "", permissions: [] })'],
  'Mutation.updateRole': ['manage_roles', '(input: { id: "0" })'],
  'Mutation.duplicateRole': ['manage_roles', '(input: { id: "0", name: "" })'],
  'Mutation.deleteRole': ['manage_roles', '(input: { id: "0" })'],
  'Mutation.updateOrganization': ['manage_organization', '(input: {})'],
  'Mutation.setUserEnabled': ['set_user_enabled', '(input: { id: "0", enabled: true })'],
  'Mutation.resetMfa': ['reset_mfa', '(input: { id: "0", newPassword: "" })'],
};

const CALLS = Object.entries(ROOT_FIELDS).map(([field, [decision, call]]) => {
  const [root = '', name = ''] = field.split('.');
  return { field, decision, document: `${root.toLowerCase()} { ${name}${call} { __typename } }` };
});
const OPEN = CALLS.filter(({ decision }) => decision === 'public');
const CLOSED = CALLS.filter(({ decision }) => decision !== 'public');
const SIGNED_IN = CALLS.filter(({ decision }) => decision === 'signedIn');
const GUARDED = CALLS.flatMap(({ decision, ...call }) =>
  decision === 'public' || decision === 'signedIn' ? [] : [{ ...call, permission: decision }],
);

async function refusal(document: string, token: string | null) {
  const { errors } = await service.graphql(document, {}, { token });
  return errors?.[0]?.extensions ?? null;
}

test('the decision on every root field is the one that this test knows', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()] as GraphQLObjectType[];
  const decided = roots.flatMap((root) =>
    Object.values(root.getFields()).map((field) => {
      const requires = getDirective(schema, field, 'auth')?.[0]?.requires as string | undefined;
      const open = ['public', 'signedIn'].find((name) => getDirective(schema, field, name));
      return [`${root.name}.${field.name}`, requires ?? open];
    }),
  );
  const known = Object.entries(ROOT_FIELDS).map(([field, [decision]]) => [field, decision]);
  expect(Object.fromEntries(decided)).toEqual(Object.fromEntries(known));
});

test.each(CLOSED)('$field is closed to the anonymous', async ({ document }) => {
  expect(await refusal(document, null)).toEqual({ code: 'UNAUTHENTICATED' });
});

test.each(GUARDED)(
  '$field is closed to an agent, who learns what it needs',
  async ({ document, permission }) => {
    expect(await refusal(document, agent.token)).toEqual({
      code: 'FORBIDDEN',
      requires: permission.toUpperCase(),
    });
  },
);

test.each(GUARDED)('$field needs $permission and nothing else', async ({ document, permission, field }) => {
  const only = await buildRole(service, acme, `only ${field}`, [permission]);
  const others = ALL_PERMISSIONS.filter((other) => other !== permission);
  const allBut = await buildRole(service, acme, `all but ${field}`, others);
  const holder = await buildPerson(service, acme, 'agent', { roleId: only });
  const lacking = await buildPerson(service, acme, 'agent', { roleId: allBut });
  expect(await refusal(document, holder.token)).toBeNull();
  expect(await refusal(document, lacking.token)).toMatchObject({ code: 'FORBIDDEN' });
});

test.each(OPEN)('$field answers the anonymous', async ({ document }) => {
  expect(await refusal(document, null)).toBeNull();
});

test.each(SIGNED_IN)('$field answers everybody who is signed in', async ({ document }) => {
  expect(await refusal(document, agent.token)).toBeNull();
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
  expect(data).toBeNull();
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('an alias, a fragment or a variable opens nothing', async () => {
  const { errors } = await service.graphql(
    `query ($yes: Boolean!) { viewer { permissions } ...Everybody @include(if: $yes) }
     fragment Everybody on Query { viewer2: users { nodes { ...Person } } }
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
