import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { mutate, errorCodeOf, type UserMutation } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
const actors: Record<string, Person> = {};
const roleIds: Record<string, string> = {};

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  Object.assign(roleIds, acme.roles, {
    helper: await buildRole(service, acme, 'helper', ['view_users', 'reset_mfa', 'access_calls']),
  });
  for (const role of ['administrator', 'manager', 'viewer', 'helper']) {
    actors[role] = await buildPerson(service, acme, 'agent', { roleId: roleIds[role]! });
  }
});

const MISSING = 'MISSING_PERMISSION';
const EXCEEDS = 'USER_EXCEEDS_YOUR_PERMISSIONS';
const NO_MFA = 'MFA_NOT_ENABLED';

interface DenialReasons {
  readonly edit: readonly string[];
  readonly assignRole: readonly string[];
  readonly setEnabled: readonly string[];
  readonly resetMfa: readonly string[];
}

const same = (...reasons: string[]): DenialReasons => ({
  edit: reasons,
  assignRole: reasons,
  setEnabled: reasons,
  resetMfa: reasons,
});
const nothing = same();

/** Who may do what with whom, and why not. The target has two-factor authentication, save where the target is the actor. */
const TRUTH: [actor: string, target: string, reasons: DenialReasons][] = [
  ['administrator', 'administrator', nothing],
  ['administrator', 'manager', nothing],
  ['administrator', 'viewer', nothing],
  ['administrator', 'agent', nothing],
  ['administrator', 'helper', nothing],
  [
    'administrator',
    'themselves',
    {
      edit: [],
      assignRole: ['CANNOT_CHANGE_OWN_ROLE'],
      setEnabled: ['CANNOT_DISABLE_YOURSELF'],
      resetMfa: ['CANNOT_RESET_OWN_MFA', NO_MFA],
    },
  ],
  ['manager', 'administrator', { ...same(EXCEEDS), resetMfa: [MISSING, EXCEEDS] }],
  ['manager', 'manager', { ...nothing, resetMfa: [MISSING] }],
  ['manager', 'viewer', { ...nothing, resetMfa: [MISSING] }],
  ['manager', 'agent', { ...nothing, resetMfa: [MISSING] }],
  ['manager', 'helper', { ...same(EXCEEDS), resetMfa: [MISSING, EXCEEDS] }],
  [
    'manager',
    'themselves',
    {
      edit: [],
      assignRole: ['CANNOT_CHANGE_OWN_ROLE'],
      setEnabled: ['CANNOT_DISABLE_YOURSELF'],
      resetMfa: [MISSING, 'CANNOT_RESET_OWN_MFA', NO_MFA],
    },
  ],
  ['viewer', 'administrator', same(MISSING, EXCEEDS)],
  ['viewer', 'manager', same(MISSING, EXCEEDS)],
  ['viewer', 'viewer', same(MISSING)],
  ['viewer', 'agent', same(MISSING, EXCEEDS)],
  ['helper', 'administrator', { ...same(MISSING, EXCEEDS), resetMfa: [EXCEEDS] }],
  ['helper', 'helper', { ...same(MISSING), resetMfa: [] }],
  ['helper', 'viewer', { ...same(MISSING), resetMfa: [] }],
  ['helper', 'agent', { ...same(MISSING, EXCEEDS), resetMfa: [EXCEEDS] }],
];

const RIGHTS = `query ($id: ID!) { user(id: $id) {
  viewerCanEdit viewerCannotEditReasons
  viewerCanAssignRole viewerCannotAssignRoleReasons
  viewerCanSetEnabled viewerCannotSetEnabledReasons
  viewerCanResetMfa viewerCannotResetMfaReasons
} }`;

const targetOf = async (actor: Person, target: string): Promise<string> => {
  if (target === 'themselves') return actor.id;
  return (await buildUser(service, acme, { roleId: roleIds[target]!, mfaEnabled: true })).id;
};

test.each(TRUTH)(
  '%s and %s: the API tells what the viewer may do and why not',
  async (role, target, reasons) => {
    const actor = actors[role]!;
    const id = await targetOf(actor, target);
    const { data } = await service.graphql(RIGHTS, { id }, { token: actor.token });
    expect(data.user).toEqual({
      viewerCanEdit: reasons.edit.length === 0,
      viewerCannotEditReasons: reasons.edit,
      viewerCanAssignRole: reasons.assignRole.length === 0,
      viewerCannotAssignRoleReasons: reasons.assignRole,
      viewerCanSetEnabled: reasons.setEnabled.length === 0,
      viewerCannotSetEnabledReasons: reasons.setEnabled,
      viewerCanResetMfa: reasons.resetMfa.length === 0,
      viewerCannotResetMfaReasons: reasons.resetMfa,
    });
  },
);

/** What the mutation answers: the codes of its user errors, or FORBIDDEN as MISSING_PERMISSION. */
async function answerOf(actor: Person, mutation: UserMutation, input: Record<string, unknown>) {
  if ((await errorCodeOf(service, actor.token, mutation, { ...input, id: '0' })) === 'FORBIDDEN')
    return [MISSING];
  const { problems } = await mutate(service, actor.token, mutation, input);
  return problems.map((problem) => problem.split(' ')[1]!);
}

test.each(TRUTH)('%s and %s: the mutations answer the same', async (role, target, reasons) => {
  const actor = actors[role]!;
  const id = await targetOf(actor, target);
  const answers = {
    edit: await answerOf(actor, 'updateUser', { id, phone: '112' }),
    assignRole: await answerOf(actor, 'updateUser', {
      id,
      roleId: roleIds[role === 'helper' ? 'agent' : 'viewer']!,
    }),
    setEnabled: await answerOf(actor, 'setUserEnabled', { id, enabled: false }),
  };
  const resetMfa = await answerOf(actor, 'resetMfa', { id, newPassword: 'Battery-Staple' });
  // Without the permission the field itself is refused, before any rule about the target is checked.
  const expected = (codes: readonly string[]) => (codes.includes(MISSING) ? [MISSING] : [...codes].sort());
  expect({ ...answers, resetMfa }).toEqual({
    edit: expected(reasons.edit),
    assignRole: expected(reasons.assignRole),
    setEnabled: expected(reasons.setEnabled),
    resetMfa: expected(reasons.resetMfa),
  });
});

test.each([
  ['administrator', ['administrator', 'agent', 'helper', 'manager', 'viewer']],
  ['manager', ['agent', 'manager', 'viewer']],
  ['viewer', ['viewer']],
  ['helper', ['helper', 'viewer']],
])('%s may hand out exactly the roles that the list of roles says', async (role, assignable) => {
  const { data } = await service.graphql(
    '{ roles { name viewerCanAssign } }',
    {},
    { token: actors[role]!.token },
  );
  const roles = data.roles as { name: string; viewerCanAssign: boolean }[];
  expect(roles.filter(({ viewerCanAssign }) => viewerCanAssign).map(({ name }) => name)).toEqual(assignable);
});

test('the list of roles shows those of the organization, by name', async () => {
  await buildOrganization(service, 'Globex');
  const { data } = await service.graphql(
    '{ roles { id name permissions } }',
    {},
    { token: actors.viewer!.token },
  );
  const roles = data.roles as { id: string; name: string; permissions: string[] }[];
  expect(roles.map(({ name }) => name)).toEqual(['administrator', 'agent', 'helper', 'manager', 'viewer']);
  expect(roles.map(({ id }) => id)).toEqual(roles.map(({ name }) => roleIds[name]));
  expect(roles[2]!.permissions).toEqual(['ACCESS_CALLS', 'VIEW_USERS', 'RESET_MFA']);
});

test('a permission without those that it needs allows nothing', async () => {
  const roleId = await buildRole(service, acme, 'Written before needs were', [
    'set_user_enabled',
    'view_customers',
  ]);
  const { token } = await buildPerson(service, acme, 'agent', { roleId });
  const { data } = await service.graphql('{ viewer { permissions } }', {}, { token });
  expect(data.viewer.permissions).toEqual(['VIEW_CUSTOMERS']);
  const colleague = await buildUser(service, acme);
  const document = `mutation { setUserEnabled(input: { id: "${colleague.id}", enabled: true }) { user { username } } }`;
  const { data: answer, errors } = await service.graphql(document, {}, { token });
  expect([answer, errors?.[0]?.extensions.code]).toEqual([{ setUserEnabled: null }, 'FORBIDDEN']);
});
