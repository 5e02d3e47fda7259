import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { limitRequests } from '../throttle/rate-limit';
import { inviteUser } from './invite-user';
import { requireUser } from '../users/require-user';
import { userTarget } from '../users/user-changes';
import { denialsToResendInvitation } from '../users/user.policy';
import type { UserView } from '../users/user-view';

/**
 * Invites a user who has not signed in yet once more, at their current address.
 * @throws UserErrors
 * @throws GraphQLError RATE_LIMITED
 */
export async function resendInvitation(context: SignedInContext, id: string): Promise<{ user: UserView }> {
  await limitRequests(context, 'invitation');
  return viewerTransaction(context, async (tx, context) => {
    const { viewer } = context;
    const user = await requireUser(tx, viewer, id);
    throwIfAny(denials(denialsToResendInvitation(viewer, user), ['input', 'id']));
    await inviteUser(tx, context, user);
    await recordAudit(tx, context, 'user.invitation_resent', userTarget(user), []);
    return { user };
  });
}
