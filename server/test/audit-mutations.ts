import { buildRolecallSchema } from '../src/graphql/schema';
import { listEvents } from './audit-log';
import {
  buildPerson,
  buildRole,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type Person,
} from './builders';
import { failToSignIn } from './failed-attempts';
import type { TestService } from './harness';
import { inviteUser, newUser } from './mail/invited-users';
import { until, type SmtpSink } from './mail/smtp-sink';
import { buildMfaUser, codeOf } from './mfa-builders';
import { challengeOf, signInWithCode, startMfaSetUp } from './sign-in-steps';
import { globalId } from '../src/global-id/global-id';

export interface World {
  readonly service: TestService;
  readonly sink: SmtpSink;
  readonly acme: BuiltOrganization;
  readonly administrator: Person;
}

/** One call of a mutation that is carried out. */
export interface Call {
  readonly input?: Readonly<Record<string, unknown>>;
  /** Of the caller; absent for an anonymous call. */
  readonly token?: string;
  /** What it answers besides; every text of it is a secret. */
  readonly secretFields?: string;
}

/** What a call leaves in the audit log. */
export interface RecordedCall extends Call {
  readonly action: string;
  readonly actorId: string;
  /** Absent for what the mutation creates. */
  readonly targetId?: string;
  readonly changes: readonly (readonly [field: string, before: string | null, after: string | null])[];
  /** Whether its steps are several transactions, of which the event goes with the last. */
  readonly isSeveral?: boolean;
}

export const MUTATIONS = buildRolecallSchema().getMutationType()!.getFields();

/** Answers the codes of what went wrong, and the fields asked for. */
export async function carryOut(
  service: TestService,
  name: string,
  { input, token, secretFields = '' }: Call,
): Promise<{ readonly problems: string[]; readonly answer: object }> {
  const argument = MUTATIONS[name]!.args.find((arg) => arg.name === 'input');
  const document = argument
    ? `mutation ($input: ${String(argument.type)}) { ${name}(input: $input) { ${secretFields} userErrors { code } } }`
    : `mutation { ${name} { userErrors { code } } }`;
  const { data, errors } = await service.graphql(document, { input }, { token: token ?? null });
  if (errors) return { problems: errors.map(({ extensions }) => extensions.code), answer: {} };
  const { userErrors, ...answer } = data[name] as { userErrors: { code: string }[] };
  return { problems: userErrors.map(({ code }) => code), answer };
}

const NEW_PASSWORD = 'Canary-Battery-8a1c';
const TOKENS = 'session { accessToken refreshToken } challenge { token }';

/** The user is their own actor. */
const own = ({ id }: { id: string }) => ({ actorId: id, targetId: id });

/** The mutations that change nothing yet of which the audit log should tell; prepares what they need. */
export const SILENT: Record<string, (world: World) => Promise<Call>> = {
  refreshSession: async ({ service, acme }) => {
    const { refreshToken } = await signIn(service, await buildUser(service, acme));
    const secretFields = 'session { accessToken refreshToken }';
    return { input: { refreshToken }, secretFields };
  },
  startMfaSetUp: async ({ service, acme }) => {
    const { token } = await buildPerson(service, acme, 'agent');
    return { input: { password: PASSWORD }, token, secretFields: 'secret otpauthUri' };
  },
  requestPasswordReset: async ({ service, acme }) => {
    const { username } = await buildUser(service, acme);
    return { input: { username } };
  },
};

/** All others. */
export const RECORDED: Record<string, (world: World) => Promise<RecordedCall>> = {
  signIn: async ({ service, acme }) => {
    const user = await buildUser(service, acme);
    const input = { username: user.username, password: PASSWORD, withRefreshToken: true };
    return { input, secretFields: TOKENS, action: 'USER_SIGNED_IN', ...own(user), changes: [] };
  },
  answerSignInChallenge: async ({ service, acme }) => {
    const user = await buildMfaUser(service, acme);
    const input = {
      challengeToken: await challengeOf(service, user),
      answer: { recoveryCode: user.recoveryCodes[0] },
    };
    return {
      input,
      secretFields: TOKENS,
      action: 'USER_SIGNED_IN',
      ...own(user),
      changes: [],
      isSeveral: true,
    };
  },
  signOut: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    return { token: user.token, action: 'USER_SIGNED_OUT', ...own(user), changes: [] };
  },
  confirmMfaSetUp: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    const { secret } = await startMfaSetUp(service, {}, user.token);
    return {
      input: { code: codeOf(service, secret) },
      token: user.token,
      secretFields: 'recoveryCodes',
      action: 'USER_MFA_SET_UP',
      ...own(user),
      changes: [['mfaEnabled', 'false', 'true']],
    };
  },
  removeMfa: async ({ service, acme }) => {
    const user = await buildMfaUser(service, acme);
    const { accessToken } = await signInWithCode(service, user);
    return {
      input: { password: PASSWORD, code: codeOf(service, user.secret, 1) },
      token: accessToken,
      action: 'USER_MFA_REMOVED',
      ...own(user),
      changes: [['mfaEnabled', 'true', 'false']],
    };
  },
  replaceRecoveryCodes: async ({ service, acme }) => {
    const user = await buildMfaUser(service, acme);
    const { accessToken } = await signInWithCode(service, user);
    return {
      input: { code: codeOf(service, user.secret, 1) },
      token: accessToken,
      secretFields: 'recoveryCodes',
      action: 'USER_RECOVERY_CODES_REPLACED',
      ...own(user),
      changes: [],
    };
  },
  changeUsername: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    const username = `new.${user.username}`;
    return {
      input: { username, currentPassword: PASSWORD },
      token: user.token,
      action: 'USER_UPDATED',
      ...own(user),
      changes: [['username', user.username, username]],
    };
  },
  changePassword: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    return {
      input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
      token: user.token,
      action: 'USER_PASSWORD_CHANGED',
      ...own(user),
      changes: [['password', null, null]],
    };
  },
  updateProfile: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent', { firstName: 'Ada' });
    return {
      input: { firstName: 'Augusta Ada' },
      token: user.token,
      action: 'USER_UPDATED',
      ...own(user),
      changes: [['firstName', 'Ada', 'Augusta Ada']],
    };
  },
  endSession: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    await signIn(service, user);
    const { data } = await service.graphql('{ viewer { sessions { nodes { id isCurrent } } } }', {}, user);
    const sessions = data.viewer.sessions.nodes as { id: string; isCurrent: boolean }[];
    const { id } = sessions.find(({ isCurrent }) => !isCurrent)!;
    return { input: { id }, token: user.token, action: 'USER_SESSIONS_ENDED', ...own(user), changes: [] };
  },
  endOtherSessions: async ({ service, acme }) => {
    const user = await buildPerson(service, acme, 'agent');
    await signIn(service, user);
    return { token: user.token, action: 'USER_SESSIONS_ENDED', ...own(user), changes: [] };
  },
  resetPassword: async ({ service, sink, acme }) => {
    const user = await buildUser(service, acme);
    const request = `mutation { requestPasswordReset(input: { username: "${user.username}" }) {
      userErrors { code } } }`;
    await service.graphql(request);
    const token = () => /#token=([\w-]{43})/.exec(sink.mailsTo(user.username)[0]?.text ?? '')?.[1];
    await until(() => token() !== undefined, 'the link');
    return {
      input: { token: token(), newPassword: NEW_PASSWORD },
      action: 'USER_PASSWORD_RESET',
      ...own(user),
      changes: [['password', null, null]],
    };
  },
  createUser: async ({ acme, administrator }) => {
    const input = newUser(acme, { password: NEW_PASSWORD });
    const created: RecordedCall['changes'] = [
      ['firstName', null, 'Hedda'],
      ['lastName', null, 'Gabler'],
      ['username', null, input.username],
      ['phone', null, input.phone],
      ['role', null, 'agent'],
      ['enabled', null, 'true'],
      ['mfaEnabled', null, 'false'],
      ['forceMfa', null, 'false'],
      ['forcePasswordReset', null, 'false'],
    ];
    const { id: actorId, token } = administrator;
    return Promise.resolve({ input, token, action: 'USER_CREATED', actorId, changes: created });
  },
  updateUser: async ({ service, acme, administrator }) => {
    const { id } = await buildUser(service, acme, { phone: '112' });
    return {
      input: { id, phone: '911', roleId: acme.roles.viewer, password: NEW_PASSWORD },
      token: administrator.token,
      action: 'USER_UPDATED',
      actorId: administrator.id,
      targetId: id,
      changes: [
        ['phone', '112', '911'],
        ['role', 'agent', 'viewer'],
        ['password', null, null],
      ],
    };
  },
  setUserEnabled: async ({ service, acme, administrator }) => {
    const { id } = await buildUser(service, acme);
    return {
      input: { id, enabled: false },
      token: administrator.token,
      action: 'USER_DISABLED',
      actorId: administrator.id,
      targetId: id,
      changes: [['enabled', 'true', 'false']],
    };
  },
  resetMfa: async ({ service, acme, administrator }) => {
    const { id } = await buildMfaUser(service, acme);
    return {
      input: { id, newPassword: NEW_PASSWORD },
      token: administrator.token,
      action: 'USER_MFA_RESET',
      actorId: administrator.id,
      targetId: id,
      changes: [
        ['mfaEnabled', 'true', 'false'],
        ['password', null, null],
      ],
    };
  },
  resendInvitation: async ({ service, acme, administrator }) => {
    const { token, id: actorId } = administrator;
    const { id } = await inviteUser(service, token, acme);
    const action = 'USER_INVITATION_RESENT';
    return { input: { id }, token, action, actorId, targetId: id, changes: [] };
  },
  unlockUser: async ({ service, acme, administrator }) => {
    const { token, id: actorId } = administrator;
    const { id, username } = await buildUser(service, acme);
    await failToSignIn(service, 1, { username });
    // Written a moment after the answer, and not by the unlocking.
    const filter = { targetId: id, actions: ['USER_SIGN_IN_FAILED'] };
    await until(
      async () => (await listEvents(service, token, { filter })).nodes.length === 1,
      'the failed sign-in',
    );
    return { input: { id }, token, action: 'USER_UNLOCKED', actorId, targetId: id, changes: [] };
  },
  endUserSessions: async ({ service, acme, administrator }) => {
    const { token, id: actorId } = administrator;
    const { id } = await buildPerson(service, acme, 'agent');
    return { input: { id }, token, action: 'USER_SESSIONS_ENDED', actorId, targetId: id, changes: [] };
  },
  createRole: async ({ administrator }) => {
    const { token, id: actorId } = administrator;
    return Promise.resolve({
      input: { name: 'Compliance', permissions: ['VIEW_AUDIT_LOG', 'VIEW_USERS'] },
      token,
      action: 'ROLE_CREATED',
      actorId,
      changes: [
        ['name', null, 'Compliance'],
        ['permissions', null, 'view_users, view_audit_log'],
        ['mfaRequired', null, 'false'],
      ],
    });
  },
  duplicateRole: async ({ acme, administrator }) => {
    const { token, id: actorId } = administrator;
    return Promise.resolve({
      input: { id: acme.roles.viewer, name: 'Second viewer' },
      token,
      action: 'ROLE_CREATED',
      actorId,
      changes: [
        ['name', null, 'Second viewer'],
        ['permissions', null, 'view_users'],
        ['mfaRequired', null, 'false'],
      ],
    });
  },
  updateRole: async ({ service, acme, administrator }) => {
    const { token, id: actorId } = administrator;
    const id = await buildRole(service, acme, 'Reader', ['view_users']);
    return {
      input: { id, permissions: ['VIEW_USERS', 'EDIT_USER'] },
      token,
      action: 'ROLE_UPDATED',
      actorId,
      targetId: id,
      changes: [['permissions', 'view_users', 'view_users, edit_user']],
    };
  },
  deleteRole: async ({ service, acme, administrator }) => {
    const { token, id: actorId } = administrator;
    const id = await buildRole(service, acme, 'Useless', []);
    return {
      input: { id },
      token,
      action: 'ROLE_DELETED',
      actorId,
      targetId: id,
      changes: [
        ['name', 'Useless', null],
        ['permissions', '', null],
        ['mfaRequired', 'false', null],
      ],
    };
  },
  updateOrganization: async ({ acme, administrator }) => {
    const { token, id: actorId } = administrator;
    return Promise.resolve({
      input: { name: 'Acme & Daughters' },
      token,
      action: 'ORGANIZATION_UPDATED',
      actorId,
      targetId: globalId('Organization', acme.id),
      changes: [['name', 'Acme', 'Acme & Daughters']],
    });
  },
};
