import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { findRole } from '../roles/list-roles';
import { assignmentErrors } from '../roles/role.policy';
import { insertUser } from './insert-user';
import { inviteUser } from './invite-user';
import { hashPassword } from './password';
import { newPasswordErrors } from './password-policy';
import { userChanges, userTarget } from './user-changes';
import { tidyIdentity } from './user-columns';
import type { CreateUserInput } from './user.inputs';
import { findUser, type UserView } from './user-row';
import { takenUsernameErrors } from './username';

/** @throws UserErrors with every problem of the input at once */
export async function createUser(
  context: SignedInContext,
  input: CreateUserInput,
): Promise<{ user: UserView }> {
  const { database, passwordPolicy, viewer, now } = context;
  const broken = [
    ...(await inputErrors(input)),
    ...newPasswordErrors(passwordPolicy, input.password, input, ['input', 'password']),
  ];
  // Before the transaction, which would otherwise hold its locks for as long as hashing takes.
  const passwordHash = broken.length === 0 ? await hashPassword(input.password) : '';

  return transaction(database, async (tx) => {
    const role = await findRole(tx, viewer, input.roleId);
    refuseIfAny([
      ...broken,
      ...assignmentErrors(viewer, role),
      ...(await takenUsernameErrors(tx, input.username)),
    ]);
    const id = await insertUser(tx, {
      organizationId: viewer.organizationId,
      roleId: role!.id,
      ...tidyIdentity(input),
      passwordHash,
      passwordResetRequired: input.forcePasswordReset,
      mfaRequired: input.forceMfa,
      now,
    });
    const user = (await findUser(tx, viewer, id))!;
    await recordAudit(tx, context, 'user.created', userTarget(user), userChanges(null, user));
    await inviteUser(tx, context, user);
    return { user };
  });
}
