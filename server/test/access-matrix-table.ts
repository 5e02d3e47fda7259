import type { Permission } from '../src/access/permissions';
import type { Decision } from './access-matrix-schema';
import type { Targets } from './access-matrix-targets';

type Variables = Readonly<Record<string, unknown>>;

export interface IdArgument {
  /** The kind of object whose id this is. */
  readonly of: keyof Targets;
  /** An argument that has to be set with it, where ids of several kinds fit. */
  readonly beside?: readonly [path: string, value: string];
  /** What an unknown, malformed or foreign id answers: null, a list with null, an empty list, or this user error. */
  readonly answer: 'null' | 'nulls' | 'empty' | (string & {});
  /** The permission without which ids of this kind are denied, whether they exist or not. */
  readonly requires?: Permission;
}

export interface RootEntry {
  readonly decision: Decision;
  /** A call that would change these objects if it were allowed, except where everyone may call. */
  readonly variables: (own: Targets) => Variables;
  readonly ids?: Readonly<Record<string, readonly IdArgument[]>>;
  /** The user errors for a caller who holds only this permission and what it needs; empty when the call succeeds. */
  readonly alone?: readonly string[];
  /** A call without ids, where the token alone says whom it is about. */
  readonly bare?: Variables;
  readonly endsSession?: true;
}

const USER = [{ of: 'user', answer: 'USER_NOT_FOUND' }] as const;
const ROLE = [{ of: 'role', answer: 'ROLE_NOT_FOUND' }] as const;
// Among the ids that are tried are always ids of users, which are denied to whoever may not see users.
const NODE = (['user', 'role', 'organization', 'session'] as const).map(
  (of) => ({ of, answer: 'null', requires: 'view_users' }) as const,
);

let unique = 0;
const uniqueName = () => `Name ${(unique += 1)}`;

/** Every root field and every ID argument of any field, with what it takes and what it answers. */
export const ROOT_FIELDS: Readonly<Record<string, RootEntry>> = {
  'Query.version': { decision: 'public', variables: () => ({}) },
  'Query.rateLimit': { decision: 'public', variables: () => ({}) },
  'Query.node': {
    decision: 'signedIn',
    variables: ({ organization }) => ({ id: organization }),
    ids: { id: NODE },
  },
  'Query.nodes': {
    decision: 'signedIn',
    variables: ({ organization }) => ({ ids: [organization] }),
    ids: { ids: NODE.map((kind) => ({ ...kind, answer: 'nulls' })) },
  },
  'Query.viewer': { decision: 'public', variables: () => ({}) },
  'Query.passwordPolicy': { decision: 'public', variables: () => ({}) },
  'Query.permissions': { decision: 'signedIn', variables: () => ({}) },
  'Query.users': {
    decision: 'view_users',
    variables: ({ role }) => ({ filter: { roleIds: [role] } }),
    ids: {
      'filter.ids': [{ of: 'user', answer: 'empty' }],
      'filter.roleIds': [{ of: 'role', answer: 'empty' }],
    },
  },
  'Query.findUser': {
    decision: 'view_users',
    variables: ({ user }) => ({ by: { id: user } }),
    ids: { 'by.id': [{ of: 'user', answer: 'null' }] },
  },
  'Query.user': {
    decision: 'view_users',
    variables: ({ user }) => ({ id: user }),
    ids: { id: [{ of: 'user', answer: 'null' }] },
  },
  'Query.roles': { decision: 'view_users', variables: () => ({}) },
  'Query.role': {
    decision: 'view_users',
    variables: ({ role }) => ({ id: role }),
    ids: { id: [{ of: 'role', answer: 'null' }] },
  },
  'Query.auditLog': {
    decision: 'view_audit_log',
    variables: () => ({ filter: {} }),
    ids: {
      'filter.targetId': (['user', 'role', 'organization'] as const).map((kind) => {
        return { of: kind, answer: 'empty', beside: ['filter.targetType', kind.toUpperCase()] };
      }),
      'filter.actorId': [{ of: 'administrator', answer: 'empty' }],
    },
  },
  'Query.previewRoleChange': {
    decision: 'manage_roles',
    variables: ({ role }) => ({ input: { id: role, permissions: [] } }),
    ids: { 'input.id': [{ of: 'role', answer: 'null' }] },
  },
  'Mutation.signIn': { decision: 'public', variables: () => ({ input: { username: '', password: '' } }) },
  'Mutation.answerSignInChallenge': {
    decision: 'public',
    variables: () => ({ input: { challengeToken: '', answer: { newPassword: '' } } }),
  },
  'Mutation.startMfaSetUp': {
    decision: 'public',
    variables: () => ({ input: { challengeToken: '' } }),
    bare: { input: {} },
  },
  'Mutation.confirmMfaSetUp': {
    decision: 'public',
    variables: () => ({ input: { challengeToken: '', code: '' } }),
    bare: { input: { code: '000000' } },
  },
  'Mutation.refreshSession': { decision: 'public', variables: () => ({ input: {} }) },
  'Mutation.signOut': { decision: 'public', variables: () => ({}), endsSession: true },
  'Mutation.requestPasswordReset': {
    decision: 'public',
    variables: () => ({ input: { username: 'nobody@example.com' } }),
  },
  'Mutation.resetPassword': {
    decision: 'public',
    variables: () => ({ input: { token: '', newPassword: '' } }),
  },
  'Mutation.updateProfile': { decision: 'signedIn', variables: () => ({ input: { firstName: 'Eve' } }) },
  'Mutation.changeUsername': {
    decision: 'signedIn',
    variables: () => ({ input: { username: '', currentPassword: '' } }),
  },
  'Mutation.changePassword': {
    decision: 'signedIn',
    variables: () => ({ input: { currentPassword: '', newPassword: '' } }),
  },
  'Mutation.removeMfa': { decision: 'signedIn', variables: () => ({ input: { password: '', code: '' } }) },
  'Mutation.replaceRecoveryCodes': { decision: 'signedIn', variables: () => ({ input: { code: '' } }) },
  'Mutation.endSession': {
    decision: 'signedIn',
    variables: ({ session }) => ({ input: { id: session } }),
    ids: { 'input.id': [{ of: 'session', answer: 'SESSION_NOT_FOUND' }] },
  },
  'Mutation.endOtherSessions': { decision: 'signedIn', variables: () => ({}) },
  'Mutation.createUser': {
    decision: 'add_user',
    variables: ({ role }) => ({
      input: {
        firstName: 'Eve',
        lastName: 'Intruder',
        username: `${uniqueName().replace(' ', '')}@example.com`,
        password: 'Correct-Horse',
        phone: '+1 202 555 0143',
        roleId: role,
      },
    }),
    ids: { 'input.roleId': ROLE },
  },
  'Mutation.updateUser': {
    decision: 'edit_user',
    variables: ({ user, spareRole }) => ({ input: { id: user, roleId: spareRole, firstName: 'Eve' } }),
    ids: { 'input.id': USER, 'input.roleId': ROLE },
  },
  'Mutation.endUserSessions': {
    decision: 'edit_user',
    variables: ({ user }) => ({ input: { id: user } }),
    ids: { 'input.id': USER },
  },
  'Mutation.resendInvitation': {
    decision: 'add_user',
    variables: ({ user }) => ({ input: { id: user } }),
    ids: { 'input.id': USER },
  },
  'Mutation.unlockUser': {
    decision: 'edit_user',
    variables: ({ user }) => ({ input: { id: user } }),
    ids: { 'input.id': USER },
  },
  'Mutation.createRole': {
    decision: 'manage_roles',
    variables: () => ({ input: { name: uniqueName(), permissions: [] } }),
  },
  'Mutation.updateRole': {
    decision: 'manage_roles',
    variables: ({ role }) => ({ input: { id: role, name: uniqueName(), mfaRequired: true } }),
    ids: { 'input.id': ROLE },
  },
  'Mutation.duplicateRole': {
    decision: 'manage_roles',
    variables: ({ role }) => ({ input: { id: role, name: uniqueName() } }),
    ids: { 'input.id': ROLE },
  },
  'Mutation.deleteRole': {
    decision: 'manage_roles',
    variables: ({ role, spareRole }) => ({ input: { id: role, moveUsersToRoleId: spareRole } }),
    ids: { 'input.id': ROLE, 'input.moveUsersToRoleId': [{ of: 'spareRole', answer: 'ROLE_NOT_FOUND' }] },
    alone: ['MISSING_PERMISSION'],
  },
  'Mutation.updateOrganization': {
    decision: 'manage_organization',
    variables: () => ({ input: { name: uniqueName() } }),
  },
  'Mutation.setUserEnabled': {
    decision: 'set_user_enabled',
    variables: ({ user }) => ({ input: { id: user, enabled: false } }),
    ids: { 'input.id': USER },
  },
  'Mutation.resetMfa': {
    decision: 'reset_mfa',
    variables: ({ user }) => ({ input: { id: user, newPassword: 'Battery-Staple' } }),
    ids: { 'input.id': USER },
  },
};

/** Every other field with a decision of its own. */
export const GUARDED_FIELDS: Readonly<Record<string, Decision>> = {
  'Role.permissions': 'view_users',
  'Role.userCount': 'view_users',
  'Role.viewerCanAssign': 'signedIn',
  'Role.viewerCanChangePermissions': 'signedIn',
  'Role.viewerCanDelete': 'signedIn',
  'Role.viewerCanEdit': 'signedIn',
  'Role.viewerCannotChangePermissionsReasons': 'signedIn',
  'Role.viewerCannotDeleteReasons': 'signedIn',
  'Role.viewerCannotEditReasons': 'signedIn',
  'User.history': 'view_audit_log',
  'User.invitation': 'view_users',
  'User.lockedUntil': 'edit_user',
  'User.viewerCanAssignRole': 'signedIn',
  'User.viewerCanEdit': 'signedIn',
  'User.viewerCanResendInvitation': 'signedIn',
  'User.viewerCanResetMfa': 'signedIn',
  'User.viewerCanSetEnabled': 'signedIn',
  'User.viewerCannotAssignRoleReasons': 'signedIn',
  'User.viewerCannotEditReasons': 'signedIn',
  'User.viewerCannotResendInvitationReasons': 'signedIn',
  'User.viewerCannotResetMfaReasons': 'signedIn',
  'User.viewerCannotSetEnabledReasons': 'signedIn',
};

/** Where any user who is signed in can read an object of each type that has guarded fields. */
export const WAYS: Readonly<Record<string, readonly string[]>> = {
  User: ['viewer', 'user'],
  Role: ['viewer', 'user', 'role'],
};
