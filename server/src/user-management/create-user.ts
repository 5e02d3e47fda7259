import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { findRole } from '../roles/find-role';
import { assignmentErrors } from '../roles/role.policy';
import { insertUser } from './insert-user';
import { inviteUser } from '../invitations/invite-user';
import { hashPassword } from '../passwords/password';
import { newPasswordErrors } from '../passwords/password-policy';
import { userChanges, userTarget } from '../users/user-changes';
import { findPhoneCountry, phoneErrors } from '../users/phone-country';
import { normalizeIdentity } from '../users/user-columns';
import type { CreateUserInput } from './user.inputs';
import { type UserView } from '../users/user-view';
import { normalizeExternalId } from '../users/external-id';
import { limitRequests } from '../throttle/rate-limit';
import { findUserOrFail } from '../users/find-user';
import { takenErrors } from '../users/taken-identifiers';

/**
 * @throws UserErrors with every problem of the input at once
 * @throws GraphQLError RATE_LIMITED, OVERLOADED
 */
export async function createUser(
  context: SignedInContext,
  input: CreateUserInput,
): Promise<{ user: UserView }> {
  const broken = [
    ...(await inputErrors(input)),
    ...newPasswordErrors(context.passwordPolicy, input.password, input, ['input', 'password']),
  ];
  // It tells which usernames are taken in all organizations, and each sends an invitation.
  await limitRequests(context, 'invitation');
  // Outside of the transaction, which would otherwise hold its locks while hashing.
  const passwordHash = broken.length === 0 ? await hashPassword(context, input.password) : '';

  return viewerTransaction(context, async (tx, context) => {
    const { viewer, now } = context;
    const role = await findRole(tx, viewer, input.roleId);
    const phoneCountry = await findPhoneCountry(tx, viewer);
    throwIfAny([
      ...broken,
      ...phoneErrors(input.phone, phoneCountry),
      ...assignmentErrors(viewer, role),
      ...(await takenErrors(tx, viewer, input)),
    ]);
    const newUser = {
      organizationId: viewer.organizationId,
      roleId: role!.id,
      ...normalizeIdentity(input, phoneCountry),
      externalId: typeof input.externalId === 'string' ? normalizeExternalId(input.externalId) : null,
      passwordHash,
      forcePasswordReset: input.forcePasswordReset,
      forceMfa: input.forceMfa,
      now,
    };
    const id = await insertUser(tx, newUser, viewer);
    const user = await findUserOrFail(tx, viewer, id);
    await recordAudit(tx, context, 'user.created', userTarget(user), userChanges(null, user));
    await inviteUser(tx, context, user);
    return { user };
  });
}
