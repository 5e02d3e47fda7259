import { IsNull } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { parseGlobalId } from '../global-id/global-id';
import { failure } from '../errors';
import { endSessions } from '../sessions/end-sessions';
import { Session } from '../sessions/session.entity';
import { findUserOrFail } from '../users/find-user';
import { userTarget } from '../users/user-changes';

/**
 * Ends one session of the viewer. ASVS 7.5.2.
 * @throws UserErrors SESSION_NOT_FOUND, the same for a session of another user
 */
export async function endOwnSession(
  context: SignedInContext,
  sessionId: string,
): Promise<{ endedSessions: number }> {
  return viewerTransaction(context, async (tx, context) => {
    const { viewer, now } = context;
    // No session has the id 0.
    const id = parseGlobalId('ViewerSession', sessionId) ?? 0;
    const { affected } = await tx.update(
      Session,
      { id, userId: viewer.userId, endedAt: IsNull() },
      { endedAt: now },
    );
    if (affected !== 1) {
      throw failure('SESSION_NOT_FOUND', ['input', 'id']);
    }
    const user = await findUserOrFail(tx, viewer, viewer.userId);
    await recordAudit(tx, context, 'user.sessions_ended', userTarget(user), []);
    return { endedSessions: 1 };
  });
}

/** Ends every session of the viewer but the one that asks. ASVS 7.5.2. */
export async function endOtherSessions(context: SignedInContext): Promise<{ endedSessions: number }> {
  return viewerTransaction(context, async (tx, context) => {
    const { viewer } = context;
    const endedSessions = await endSessions(tx, context, viewer.userId, viewer.sessionId);
    const user = await findUserOrFail(tx, viewer, viewer.userId);
    // Also when no session was open: unfinished sign-ins have ended, and an unconfirmed set-up is gone.
    await recordAudit(tx, context, 'user.sessions_ended', userTarget(user), []);
    return { endedSessions };
  });
}
