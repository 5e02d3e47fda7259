import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { userChanges, userTarget, writeUser } from '../users/user-changes';
import { findPhoneCountry, phoneErrors } from '../users/phone-country';
import { identityColumns, normalizeIdentity } from '../users/user-columns';
import { type UserView } from '../users/user-view';
import { findUserOrFail } from '../users/find-user';
import type { UpdateProfileInput } from './account.inputs';

/**
 * Changes the name and phone of the viewer; everything else is for administrators. Values that are
 * already set change nothing, and write no audit event.
 * @throws UserErrors
 */
export async function updateProfile(
  context: SignedInContext,
  input: UpdateProfileInput,
): Promise<{ user: UserView }> {
  throwIfAny(await inputErrors(input));
  return viewerTransaction(context, async (tx, context) => {
    const { viewer, now } = context;
    const user = await findUserOrFail(tx, viewer, viewer.userId);
    const phoneCountry = input.phone === undefined ? null : await findPhoneCountry(tx, viewer);
    throwIfAny(phoneErrors(input.phone, phoneCountry));
    const identity = {
      ...normalizeIdentity(
        {
          firstName: input.firstName ?? user.firstName,
          lastName: input.lastName ?? user.lastName,
          username: user.username,
          phone: input.phone ?? user.phone,
        },
        phoneCountry,
      ),
      // One that is not given stays, in whatever form it was stored.
      ...(input.phone === undefined ? { phone: user.phone } : {}),
    };
    const fields = ['firstName', 'lastName', 'phone'] as const;
    if (fields.every((field) => identity[field] === user[field])) return { user };
    await writeUser(tx, user, identityColumns(identity), now);
    const updated = await findUserOrFail(tx, viewer, user.id);
    await recordAudit(tx, context, 'user.updated', userTarget(updated), userChanges(user, updated));
    return { user: updated };
  });
}
