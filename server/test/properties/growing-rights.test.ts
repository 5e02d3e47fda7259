import fc from 'fast-check';
import { parsePermissions, type Permission } from '../../src/access/permissions';
import { select } from '../../src/database/sql';
import { enabledAdministrators } from '../administrators';
import { PASSWORD, rowIdOf } from '../builders';
import { startService, type TestService } from '../harness';
import { beginSignIn, isSignedIn } from '../sign-in-steps';
import {
  buildPlanned,
  organizationPlan,
  SHRINKING_ENDS,
  TEST_ENDS,
  type OrganizationPlan,
} from './random-organizations';
import { anyStep, workOf, type Step, type Subjects, type Told } from './random-work';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

interface Actor {
  readonly id: string;
  password: string;
  token: string;
}

/** An organization as the viewer finds it, and what they have made of it. */
interface World {
  readonly organizationId: number;
  readonly userIds: string[];
  readonly roleIds: string[];
  /** Whom the viewer is, or is signed in as. */
  readonly actors: Actor[];
  /** Of the users whom the viewer can sign in as, or could if they wanted. */
  readonly controlled: Set<string>;
}

async function begin(plan: OrganizationPlan): Promise<World> {
  const { organization, roleIds, users, viewer } = await buildPlanned(service, plan);
  return {
    organizationId: organization.id,
    userIds: users.map(({ id }) => id),
    roleIds: [...roleIds, ...Object.values(organization.roles)],
    actors: [{ id: viewer.id, password: PASSWORD, token: viewer.token }],
    controlled: new Set([viewer.id]),
  };
}

const ASK = `query ($userId: ID!, $roleId: ID!, $otherRoleId: ID!) {
  viewer { permissions }
  user(id: $userId) {
    role { id } viewerCanEdit viewerCanAssignRole viewerCanSetEnabled viewerCanResetMfa
    viewerCanResendInvitation
  }
  role(id: $roleId) { permissions viewerCanAssign viewerCanEdit viewerCanChangePermissions viewerCanDelete }
  otherRole: role(id: $otherRoleId) { viewerCanAssign }
}`;

/** Null when the actor may not see users and roles, and so cannot ask. */
async function ask({ token }: Actor, subjects: Subjects): Promise<Told | null> {
  const { data, errors } = await service.graphql<Told>(ASK, { ...subjects }, { token });
  return errors ? null : data;
}

/** Refused by a rule about rights, not because a value is malformed or something is missing. */
const POLICY = new Set([
  'FORBIDDEN',
  'MISSING_PERMISSION',
  'ROLE_EXCEEDS_YOUR_PERMISSIONS',
  'PERMISSION_NEEDS_OTHERS',
  'USER_EXCEEDS_YOUR_PERMISSIONS',
  'CANNOT_CHANGE_OWN_ROLE',
  'CANNOT_DISABLE_YOURSELF',
  'CANNOT_RESET_OWN_MFA',
  'MFA_NOT_ENABLED',
  'USER_DISABLED',
  'INVITATION_ACCEPTED',
  'LAST_ADMINISTRATOR',
]);

interface Outcome {
  readonly codes: readonly string[];
  readonly createdUserId: string | null;
  readonly createdRoleId: string | null;
}

async function act({ token }: Actor, mutation: string, input: string): Promise<Outcome> {
  const result = { createUser: 'user { id }', createRole: 'role { id }', duplicateRole: 'role { id }' };
  const fields = mutation in result ? result[mutation as keyof typeof result] : '';
  const document = `mutation { ${mutation}(input: { ${input} }) { ${fields} userErrors { code } } }`;
  const { data, errors } = await service.graphql(document, {}, { token });
  const payload = data?.[mutation];
  const userErrors = (payload?.userErrors ?? []) as { code: string }[];
  return {
    codes: [
      ...(errors ?? []).map(({ extensions }) => extensions.code),
      ...userErrors.map(({ code }) => code),
    ],
    createdUserId: payload?.user?.id ?? null,
    createdRoleId: payload?.role?.id ?? null,
  };
}

/** What the step has made different for the viewer. */
async function note(world: World, step: Step, { userId, roleId }: Subjects, outcome: Outcome): Promise<void> {
  const { givesControl, password } = workOf(step);
  if (outcome.createdRoleId) world.roleIds.push(outcome.createdRoleId);
  if (outcome.createdUserId) world.userIds.push(outcome.createdUserId);
  if (step.kind === 'deleteRole') world.roleIds.splice(world.roleIds.indexOf(roleId), 1);
  const about = outcome.createdUserId ?? userId;
  if (givesControl) world.controlled.add(about);
  const actor = world.actors.find(({ id }) => id === about);
  if (password && actor) actor.password = password;
  if (password && !actor) world.actors.push({ id: about, password, token: '' });
  await signInAgain(world);
}

/** Signs in as everyone whose session is over, and gives up whoever cannot sign in with their password. */
async function signInAgain({ actors }: World): Promise<void> {
  for (const actor of [...actors]) {
    if (actor.token && (await isSignedIn(service, actor.token))) continue;
    const [row] = await select<{ username: string }>(
      service.app.database.reader,
      'SELECT username FROM user WHERE id = ?',
      [rowIdOf(actor.id)],
    );
    const { session } = await beginSignIn(service, row!, actor);
    if (session) actor.token = session.accessToken;
    else actors.splice(actors.indexOf(actor), 1);
  }
}

/** Everything that these users may do. */
async function permissionsOf(userIds: Iterable<string>): Promise<Set<Permission>> {
  const ids = [...userIds];
  const rows = await select<{ permissions: string }>(
    service.app.database.reader,
    `SELECT r.permissions FROM user u JOIN role r ON r.id = u.role_id
     WHERE u.id IN (${ids.map(() => '?').join()})`,
    ids.map(rowIdOf),
  );
  expect(rows).toHaveLength(ids.length);
  return new Set(rows.flatMap(({ permissions }) => parsePermissions(permissions)));
}

const chosen = <T>(from: readonly T[], number: number): T => from[number % from.length]!;

/** Whether a rule refused it. */
async function carryOut(world: World, step: Step): Promise<boolean> {
  const actor = chosen(world.actors, step.actor);
  const subjects = {
    userId: chosen(world.userIds, step.user),
    roleId: chosen(world.roleIds, step.role),
    otherRoleId: chosen(world.roleIds, step.otherRole),
  };
  const told = await ask(actor, subjects);
  const [mutation, input] = workOf(step).call(step, subjects);
  const outcome = await act(actor, mutation, input);
  const isRefused = outcome.codes.some((code) => POLICY.has(code));
  const isAllowed = told ? workOf(step).isAllowed(told, step, subjects) : !isRefused;
  expect({ ...step, codes: outcome.codes, isAllowed }).toMatchObject({ isAllowed: !isRefused });
  if (outcome.codes.length === 0) await note(world, step, subjects, outcome);
  return isRefused;
}

test(
  'whatever a viewer does, no user whom they control can do more than they could, and what they are told is true',
  async () => {
    const counts = { done: 0, refused: 0 };
    const steps = fc.array(anyStep, { minLength: 4, maxLength: 14 });
    const property = fc.asyncProperty(organizationPlan, steps, async (plan, work) => {
      const world = await begin(plan);
      const held = await permissionsOf(world.controlled);
      const organization = { id: world.organizationId };
      const hadAdministrator = (await enabledAdministrators(service, organization)) > 0;
      for (const step of work) {
        if (world.actors.length === 0) break;
        counts[(await carryOut(world, step)) ? 'refused' : 'done'] += 1;
        const now = await permissionsOf(world.controlled);
        expect([...now].filter((permission) => !held.has(permission))).toEqual([]);
        const hasAdministrator = (await enabledAdministrators(service, organization)) > 0;
        expect({ hadAdministrator, hasAdministrator }).not.toEqual({
          hadAdministrator: true,
          hasAdministrator: false,
        });
      }
    });
    await fc.assert(property, { numRuns: 40, ...SHRINKING_ENDS });
    expect(Math.min(counts.done, counts.refused)).toBeGreaterThan(50);
  },
  TEST_ENDS,
);
