import type { EntityManager } from 'typeorm';
import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import type { FieldChange } from '../audit/audit-event.entity';
import { recordAudit } from '../audit/record-audit';
import { versionErrors } from '../audit/version-errors';
import { throwIfAny, type UserError } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { leaveOldMailbox } from '../invitations/leave-old-mailbox';
import { findRole } from '../roles/find-role';
import { assignmentErrors, canAdminister } from '../roles/role.policy';
import { isLastAdministrator, lastAdministrator } from '../users/last-administrator';
import { hashPassword } from '../passwords/password';
import { newPasswordErrors } from '../passwords/password-policy';
import { queueSecurityNotice } from '../users/security-notice';
import { setPassword } from '../passwords/set-password';
import { requireUser } from '../users/require-user';
import { PASSWORD_CHANGE, userChanges, userTarget, writeUser } from '../users/user-changes';
import { findPhoneCountry, phoneErrors } from '../users/phone-country';
import { identityColumns, normalizeIdentity, normalizeUsername } from '../users/user-columns';
import type { User } from '../users/user.entity';
import type { UpdateUserInput } from './user.inputs';
import { denialsToAssignRole, denialsToChangeCredentials, denialsToEdit } from '../users/user.policy';
import { type UserView } from '../users/user-view';
import { findUserOrFail } from '../users/find-user';
import { normalizeExternalId } from '../users/external-id';
import { limitRequests } from '../throttle/rate-limit';
import { reportTaken, takenErrors } from '../users/taken-identifiers';
import { parseGlobalId } from '../global-id/global-id';

/** The input fields whose names differ from those in the audit log. */
const INPUT_NAMES = {
  role: 'roleId',
  enabled: 'expectedVersion',
  mfaEnabled: 'expectedVersion',
};

/**
 * Changes the fields that are present. A new password ends the user's sessions (ASVS 7.4.3).
 * @throws UserErrors with every problem of the input at once
 * @throws GraphQLError RATE_LIMITED, OVERLOADED
 */
export async function updateUser(
  context: SignedInContext,
  input: UpdateUserInput,
): Promise<{ user: UserView; endedSessions: number }> {
  // It tells which usernames are taken in all organizations.
  if (input.username) await limitRequests(context, 'invitation');
  const broken = await inputErrors(input);
  const passwordHash =
    typeof input.password === 'string' ? await hashPassword(context, input.password) : null;

  const change = async (tx: EntityManager, context: SignedInContext) => {
    const { viewer, now } = context;
    const user = await requireUser(tx, viewer, input.id);
    throwIfAny(denials(denialsToEdit(viewer, user), ['input', 'id']));
    const phoneCountry = input.phone === undefined ? null : await findPhoneCountry(tx, viewer);
    throwIfAny([
      ...broken,
      ...phoneErrors(input.phone, phoneCountry),
      ...credentialErrors(context, user, input),
      ...passwordErrors(context, user, input),
      ...(await versionErrors(tx, { ...user, type: 'user' }, input.expectedVersion, INPUT_NAMES)),
      ...(await roleErrors(tx, context, user, input.roleId)),
      ...(await takenErrors(tx, viewer, input, user.id)),
    ]);

    const columns = changedColumns(user, input, phoneCountry);
    if (columns === null && passwordHash === null) return { user, endedSessions: 0 };
    await reportTaken(tx, viewer, input, () => writeUser(tx, user, columns ?? {}, now));
    const endedSessions = passwordHash === null ? 0 : await setPassword(tx, context, user.id, passwordHash);

    const updated = await findUserOrFail(tx, viewer, user.id);
    const changes: FieldChange[] = [
      ...userChanges(user, updated),
      ...(passwordHash === null ? [] : [PASSWORD_CHANGE]),
    ];
    await recordAudit(tx, context, 'user.updated', userTarget(updated), changes);
    if (user.username !== updated.username) await leaveOldMailbox(tx, context, user, updated);
    // To the previous address, because a new one may not belong to the user; unless they have never been there.
    const addressee = user.lastSignInAt === null ? updated : user;
    if (passwordHash !== null) await queueSecurityNotice(tx, context, addressee, 'password_changed');
    return { user: updated, endedSessions };
  };
  return viewerTransaction(context, change, { changesAccess: input.roleId !== undefined });
}

/** Whoever found the viewer's session open must not be able to take their account over. ASVS 7.5.1. */
function credentialErrors({ viewer }: SignedInContext, user: UserView, input: UpdateUserInput): UserError[] {
  const reasons = denialsToChangeCredentials(viewer, user);
  const isOther = typeof input.username === 'string' && normalizeUsername(input.username) !== user.username;
  return [
    ...(input.password === undefined ? [] : denials(reasons, ['input', 'password'])),
    ...(isOther ? denials(reasons, ['input', 'username']) : []),
  ];
}

function passwordErrors(
  { passwordPolicy }: SignedInContext,
  user: UserView,
  input: UpdateUserInput,
): UserError[] {
  if (input.password === undefined) return [];
  const owner = {
    firstName: input.firstName ?? user.firstName,
    lastName: input.lastName ?? user.lastName,
    username: input.username ?? user.username,
  };
  return newPasswordErrors(passwordPolicy, input.password, owner, ['input', 'password']);
}

async function roleErrors(
  tx: EntityManager,
  { viewer }: SignedInContext,
  user: UserView,
  roleId: string | undefined,
): Promise<UserError[]> {
  if (typeof roleId !== 'string' || parseGlobalId('Role', roleId) === user.role.id) return [];
  const role = await findRole(tx, viewer, roleId);
  const losesAdministration = role !== null && !canAdminister(role.permissions);
  return [
    ...assignmentErrors(viewer, role),
    ...denials(denialsToAssignRole(viewer, user), ['input', 'roleId']),
    ...(losesAdministration && (await isLastAdministrator(tx, user)) ? [lastAdministrator('roleId')] : []),
  ];
}

/** The columns of the updated user, or null when the input changes none of them. */
function changedColumns(
  user: UserView,
  input: UpdateUserInput,
  phoneCountry: string | null,
): Partial<User> | null {
  const identity = {
    ...normalizeIdentity(
      {
        firstName: input.firstName ?? user.firstName,
        lastName: input.lastName ?? user.lastName,
        username: input.username ?? user.username,
        phone: input.phone ?? user.phone,
      },
      phoneCountry,
    ),
    // One that is not given stays, in whatever form it was stored.
    ...(input.phone === undefined ? { phone: user.phone } : {}),
  };
  const externalId =
    typeof input.externalId === 'string' ? normalizeExternalId(input.externalId) : input.externalId;
  const others = {
    externalId: externalId === undefined ? user.externalId : externalId,
    roleId: parseGlobalId('Role', input.roleId ?? '') ?? user.role.id,
    forcePasswordReset: input.forcePasswordReset ?? user.forcePasswordReset,
    forceMfa: input.forceMfa ?? user.forceMfa,
  };
  const isUnchanged =
    identity.firstName === user.firstName &&
    identity.lastName === user.lastName &&
    identity.username === user.username &&
    identity.phone === user.phone &&
    others.externalId === user.externalId &&
    others.roleId === user.role.id &&
    others.forcePasswordReset === user.forcePasswordReset &&
    others.forceMfa === user.forceMfa;
  return isUnchanged ? null : { ...identityColumns(identity), ...others };
}
