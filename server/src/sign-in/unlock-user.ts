import type { SignedInContext } from '../access/request-context';
import { refusals } from '../access/refusals';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { targetUser } from '../users/target-user';
import { userTarget } from '../users/user-changes';
import { reasonsNotToEdit } from '../users/user.policy';
import type { UserView } from '../users/user-row';
import { clearCountersOfUser } from './throttle';

/**
 * Forgets every wrong guess at a user's account, so that he may sign in at once.
 * @throws UserErrors
 */
export async function unlockUser(context: SignedInContext, userId: string): Promise<{ user: UserView }> {
  const { database, viewer } = context;
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, userId, 'userId');
    refuseIfAny(refusals(reasonsNotToEdit(viewer, user), ['input', 'userId']));
    const cleared = await clearCountersOfUser(tx, user.id);
    if (cleared > 0) await recordAudit(tx, context, 'user.unlocked', userTarget(user), []);
    return { user };
  });
}
