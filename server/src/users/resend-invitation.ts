import { refusals } from '../access/refusals';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inviteUser } from './invite-user';
import { targetUser } from './target-user';
import { userTarget } from './user-changes';
import { reasonsNotToResendInvitation } from './user.policy';
import type { UserView } from './user-row';

/**
 * Invites a user who has not signed in yet once more, at the address that he has now.
 * @throws UserErrors
 */
export async function resendInvitation(
  context: SignedInContext,
  userId: string,
): Promise<{ user: UserView }> {
  const { database, viewer } = context;
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, userId, 'userId');
    refuseIfAny(refusals(reasonsNotToResendInvitation(viewer, user), ['input', 'userId']));
    await inviteUser(tx, context, user);
    await recordAudit(tx, context, 'user.invitation_resent', userTarget(user), []);
    return { user };
  });
}
