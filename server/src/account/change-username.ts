import type { SignedInContext } from '../request/request-context';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { leaveOldMailbox } from '../invitations/leave-old-mailbox';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { reauthenticate } from '../sign-in/reauthenticate';
import { findUserOrFail } from '../users/find-user';
import { userChanges, userTarget, writeUser } from '../users/user-changes';
import { identityColumns, normalizeUsername } from '../users/user-columns';
import { reportTaken, takenErrors } from '../users/taken-identifiers';
import type { UserView } from '../users/user-view';
import type { ChangeUsernameInput } from './account.inputs';

/**
 * Changes what the viewer signs in with; they give their password. The one that they have already changes nothing.
 * ASVS 7.5.1.
 * @throws UserErrors
 */
export async function changeUsername(
  context: SignedInContext,
  input: ChangeUsernameInput,
): Promise<{ user: UserView }> {
  throwIfAny(await inputErrors(input));
  await reauthenticate(context, input.currentPassword, 'currentPassword');
  return viewerTransaction(context, async (tx, current) => {
    const { viewer, now } = current;
    const user = await findUserOrFail(tx, viewer, viewer.userId);
    const username = normalizeUsername(input.username);
    if (username === user.username) return { user };
    throwIfAny(await takenErrors(tx, viewer, { username }, user.id));
    const columns = identityColumns({ ...user, username });
    await reportTaken(tx, viewer, { username }, () => writeUser(tx, user, columns, now));
    const updated = await findUserOrFail(tx, viewer, user.id);
    await recordAudit(tx, current, 'user.updated', userTarget(updated), userChanges(user, updated));
    await leaveOldMailbox(tx, current, user, updated);
    return { user: updated };
  });
}
