import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { denials } from '../access/denials';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { requireUser } from '../users/require-user';
import { userTarget } from '../users/user-changes';
import { denialsToUnlock } from '../users/user.policy';
import type { UserView } from '../users/user-view';
import { clearPasswordCounters } from '../throttle/throttle';

/**
 * Clears the wrong passwords given for a user, so that they may sign in at once. Wrong codes stay counted: they are so
 * few to try that nobody may have more of them.
 * @throws UserErrors
 */
export async function unlockUser(context: SignedInContext, id: string): Promise<{ user: UserView }> {
  return viewerTransaction(context, async (tx, context) => {
    const { viewer, now } = context;
    const user = await requireUser(tx, viewer, id);
    throwIfAny(denials(denialsToUnlock(viewer, user), ['input', 'id']));
    const cleared = await clearPasswordCounters(tx, user.id, now);
    if (cleared > 0) await recordAudit(tx, context, 'user.unlocked', userTarget(user), []);
    return { user };
  });
}
