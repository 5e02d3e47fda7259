import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { endSessions } from '../sessions/end-sessions';
import { requireUser } from '../users/require-user';
import { userTarget } from '../users/user-changes';
import { denialsToEdit } from '../users/user.policy';

/**
 * Signs a user out everywhere. ASVS 7.4.5.
 * @throws UserErrors
 */
export async function endUserSessions(
  context: SignedInContext,
  id: string,
): Promise<{ endedSessions: number }> {
  return viewerTransaction(context, async (tx, context) => {
    const { viewer } = context;
    const user = await requireUser(tx, viewer, id);
    throwIfAny(denials(denialsToEdit(viewer, user), ['input', 'id']));
    const endedSessions = await endSessions(tx, context, user.id);
    // Also when no session was open: unfinished sign-ins have ended, and an unconfirmed set-up is gone.
    await recordAudit(tx, context, 'user.sessions_ended', userTarget(user), []);
    return { endedSessions };
  });
}
