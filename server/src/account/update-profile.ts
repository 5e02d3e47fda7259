import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { targetUser } from '../users/target-user';
import { userChanges, userTarget, writeUser } from '../users/user-changes';
import { identityColumns, tidyIdentity } from '../users/user-columns';
import { findUser, type UserView } from '../users/user-row';
import type { UpdateProfileInput } from './account.inputs';

/**
 * The viewer changes his own name and phone, everything else being for administrators; saying what is
 * already so changes nothing.
 * @throws UserErrors
 */
export async function updateProfile(
  context: SignedInContext,
  input: UpdateProfileInput,
): Promise<{ user: UserView }> {
  const { database, viewer, now } = context;
  refuseIfAny(await inputErrors(input));
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, String(viewer.userId));
    const identity = tidyIdentity({
      firstName: input.firstName ?? user.firstName,
      lastName: input.lastName ?? user.lastName,
      username: user.username,
      phone: input.phone ?? user.phone,
    });
    const fields = ['firstName', 'lastName', 'phone'] as const;
    if (fields.every((field) => identity[field] === user[field])) return { user };
    await writeUser(tx, user, identityColumns(identity), now);
    const updated = (await findUser(tx, viewer, user.id))!;
    await recordAudit(tx, context, 'user.updated', userTarget(updated), userChanges(user, updated));
    return { user: updated };
  });
}
