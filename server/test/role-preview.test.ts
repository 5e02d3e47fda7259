import fc from 'fast-check';
import { ALL_FEATURES, type Feature } from '../src/access/features';
import { ADMINISTRATION, type Permission } from '../src/access/permissions';
import { transaction } from '../src/database/transaction';
import { Organization } from '../src/organizations/organization.entity';
import { enabledAdministrators } from './administrators';
import { buildOrganization, buildPerson, buildRole, buildUser, signIn, type Person } from './builders';
import { CHEAP_HASH } from './cheap-hash';
import { startService, type TestService } from './harness';
import {
  buildPlanned,
  organizationPlan,
  SHRINKING_ENDS,
  wantedPermissions,
  TEST_ENDS,
  type OrganizationPlan,
  type PlannedOrganization,
} from './properties/random-organizations';
import { expectNothingWritten } from './stored-rows';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

const ERRORS = 'userErrors { code field message }';
const PREVIEW = `query ($input: PreviewRoleChangeInput!) { previewRoleChange(input: $input) {
  adds removes opensAreas closesAreas userCount lockedOutUsers administratorsLeft ${ERRORS}
} }`;
const UPDATE = `mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { ${ERRORS} } }`;

const nameOf = (permission: Permission) => permission.toUpperCase();

function send(document: string, id: string, permissions: readonly Permission[], { token }: Person) {
  return service.graphql(document, { input: { id, permissions: permissions.map(nameOf) } }, { token });
}

async function preview(id: string, permissions: readonly Permission[], by: Person) {
  const { data, errors } = await send(PREVIEW, id, permissions, by);
  expect(errors).toBeUndefined();
  return data.previewRoleChange;
}

async function change(id: string, permissions: readonly Permission[], by: Person) {
  const { data, errors } = await send(UPDATE, id, permissions, by);
  expect(errors).toBeUndefined();
  return data.updateRole;
}

interface Scene extends PlannedOrganization {
  readonly administrator: Person;
  /** Tokens of every enabled user with the role. */
  readonly holders: readonly string[];
}

async function buildScene(plan: OrganizationPlan, number: number, features: Feature[]): Promise<Scene> {
  const built = await buildPlanned(service, plan);
  const { id } = built.organization;
  await transaction(service.app.database, (tx) => tx.update(Organization, { id }, { features }));
  const passwordHash = await CHEAP_HASH;
  const administrator = await buildPerson(service, built.organization, 'administrator', { passwordHash });
  const count = built.roleIds.length;
  const holders: string[] = [];
  for (const [index, { role, enabled }] of plan.users.entries()) {
    if (role % count !== number || !enabled) continue;
    holders.push((await signIn(service, built.users[index]!)).accessToken);
  }
  if (number === count - 1) holders.push(built.viewer.token);
  return { ...built, administrator, holders };
}

/** What there is to see of a role, and which areas those who have it have. */
async function seen(id: string, { administrator, holders }: Scene) {
  const query = `{ role(id: "${id}") { permissions userCount } }`;
  const { data } = await service.graphql(query, {}, { token: administrator.token });
  const areas: string[][] = [];
  for (const token of holders) {
    const own = await service.graphql('{ viewer { areas { area } } }', {}, { token });
    const open = own.data.viewer.areas as { area: string }[];
    areas.push(open.map(({ area }) => area));
  }
  return { ...data.role, areas } as { permissions: string[]; userCount: number; areas: string[][] };
}

const without = (all: readonly string[] = [], others: readonly string[] = []) =>
  all.filter((one) => !others.includes(one));

const anyChange = fc.record({
  plan: organizationPlan.map((plan) => ({
    ...plan,
    users: plan.users.map((user) => ({ ...user, mfaEnabled: false })),
    viewer: [...new Set([...plan.viewer, 'manage_roles' as const])],
  })),
  role: fc.nat(),
  permissions: wantedPermissions,
  features: fc.subarray([...ALL_FEATURES]),
});

test(
  'the preview of any change of any role is what the change then does, or why it is refused',
  async () => {
    const property = fc.asyncProperty(anyChange, async ({ plan, role, permissions, features }) => {
      const number = role % (plan.roles.length + 1);
      const scene = await buildScene(plan, number, features);
      const id = scene.roleIds[number]!;
      const before = await seen(id, scene);
      const { userErrors: foretold, ...told } = await preview(id, permissions, scene.viewer);
      const { userErrors } = await change(id, permissions, scene.viewer);
      expect(foretold).toEqual(userErrors);
      if (userErrors.length > 0) return;

      const after = await seen(id, scene);
      const [areasBefore, areasAfter] = [before.areas[0], after.areas[0]];
      const isLockedOut = (areas: string[], index: number) =>
        areas.length === 0 && before.areas[index]!.length > 0;
      expect(told).toEqual({
        adds: without(after.permissions, before.permissions),
        removes: without(before.permissions, after.permissions),
        opensAreas: areasBefore ? without(areasAfter, areasBefore) : told.opensAreas,
        closesAreas: areasBefore ? without(areasBefore, areasAfter) : told.closesAreas,
        userCount: after.userCount,
        lockedOutUsers: after.areas.filter(isLockedOut).length,
        administratorsLeft: await enabledAdministrators(service, scene.organization),
      });
    });
    await fc.assert(property, { numRuns: 40, ...SHRINKING_ENDS });
  },
  TEST_ENDS,
);

test('a change that would lock users out says how many, which areas close, and how many administrators stay', async () => {
  const acme = await buildOrganization(service);
  const administrator = await buildPerson(service, acme, 'administrator');
  const roleId = await buildRole(service, acme, 'Team leads', ADMINISTRATION);
  for (const enabled of [true, true, false]) await buildUser(service, acme, { roleId, enabled });
  expect(await preview(roleId, [], administrator)).toEqual({
    adds: [],
    removes: ['VIEW_USERS', 'ADD_USER', 'EDIT_USER', 'SET_USER_ENABLED', 'MANAGE_ROLES'],
    opensAreas: [],
    closesAreas: ['USER_ADMIN'],
    userCount: 3,
    lockedOutUsers: 2,
    administratorsLeft: 1,
    userErrors: [],
  });
  expect(await preview(roleId, ['view_travel_rule', 'manage_billing'], administrator)).toMatchObject({
    opensAreas: ['COMPANY_SETTINGS'],
    lockedOutUsers: 0,
  });
});

test('what is refused is foretold with its one reason, and nothing is written', async () => {
  const acme = await buildOrganization(service);
  const roleId = await buildRole(service, acme, 'Role keeper', ['view_users', 'manage_roles']);
  const keeper = await buildPerson(service, acme, 'agent', { roleId });
  const small = await buildRole(service, acme, 'Small', []);
  await expectNothingWritten(service, async () => {
    for (const [id, permissions, code, field] of [
      [acme.roles.administrator, [], 'ROLE_EXCEEDS_YOUR_PERMISSIONS', 'id'],
      [small, ['manage_billing'], 'ROLE_EXCEEDS_YOUR_PERMISSIONS', 'permissions'],
      [roleId, [], 'CANNOT_CHANGE_OWN_ROLE', 'permissions'],
      [small, ['manage_roles'], 'PERMISSION_NEEDS_OTHERS', 'permissions'],
    ] as const) {
      const { userErrors } = await preview(id, permissions, keeper);
      expect(userErrors).toMatchObject([{ code, field: ['input', field] }]);
      expect((await change(id, permissions, keeper)).userErrors).toEqual(userErrors);
    }
  });
});

test('a role of another organization has no preview, like one that does not exist', async () => {
  const [acme, globex] = [await buildOrganization(service), await buildOrganization(service, 'Globex')];
  const administrator = await buildPerson(service, acme, 'administrator');
  for (const id of [globex.roles.agent, '2147480000', `${acme.roles.agent}abc`, '0']) {
    expect(await preview(id, [], administrator)).toBeNull();
  }
});
