import { isNonNullType } from 'graphql';
import { buildRolecallSchema } from '../src/graphql/schema';
import { buildOrganization, buildPerson, buildUser, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;
let manager: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  manager = await buildPerson(service, acme, 'manager');
});

test('a denied mutation leaves the answer of one that was carried out', async () => {
  const { id } = await buildUser(service, acme);
  const { data, errors } = await service.graphql(
    `mutation ($id: ID!) {
      a: updateUser(input: { id: $id, firstName: "Zoe" }) { user { firstName } userErrors { code } }
      b: createRole(input: { name: "Compliance", permissions: [] }) { role { id } userErrors { code } }
      c: setUserEnabled(input: { id: $id, enabled: false }) { user { enabled } userErrors { code } }
    }`,
    { id },
    { token: manager.token },
  );
  expect(data).toEqual({
    a: { user: { firstName: 'Zoe' }, userErrors: [] },
    b: null,
    c: { user: { enabled: false }, userErrors: [] },
  });
  expect(errors).toMatchObject([
    { path: ['b'], extensions: { code: 'FORBIDDEN', requires: 'MANAGE_ROLES' } },
  ]);
});

test('a denied query leaves the answers beside it', async () => {
  const { data, errors } = await service.graphql(
    '{ users(first: 1) { nodes { __typename } } auditLog { nodes { id } } roles { __typename } }',
    {},
    { token: manager.token },
  );
  expect(data).toMatchObject({ users: { nodes: [{ __typename: 'User' }] }, auditLog: null });
  expect(data.roles).not.toBeNull();
  expect(errors).toMatchObject([
    { path: ['auditLog'], extensions: { code: 'FORBIDDEN', requires: 'VIEW_AUDIT_LOG' } },
  ]);
});

test('who is not signed in gets the public answers beside what needs a viewer', async () => {
  const { data, errors } = await service.graphql(
    '{ version passwordPolicy { minimumLength } permissions { key } users { totalCount } node(id: "user_1") { id } }',
  );
  expect(data).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    passwordPolicy: { minimumLength: 6 },
    permissions: null,
    users: null,
    node: null,
  });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('UNAUTHENTICATED'));
});

const schema = buildRolecallSchema();

test.each(
  Object.values(schema.getMutationType()!.getFields()).map(({ name, type }) => [name, type] as const),
)('the mutation %s may fail without erasing the others', (_name, type) => {
  expect(isNonNullType(type)).toBe(false);
});
