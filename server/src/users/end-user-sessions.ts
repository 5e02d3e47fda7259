import { refusals } from '../access/refusals';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { endSessions } from '../sessions/end-sessions';
import { targetUser } from './target-user';
import { userTarget } from './user-changes';
import { reasonsNotToEdit } from './user.policy';

/**
 * Signs a user out everywhere. ASVS 7.4.5.
 * @throws UserErrors
 */
export async function endUserSessions(
  context: SignedInContext,
  id: string,
): Promise<{ endedSessions: number }> {
  const { database, viewer } = context;
  return transaction(database, async (tx) => {
    const user = await targetUser(tx, viewer, id);
    refuseIfAny(refusals(reasonsNotToEdit(viewer, user), ['input', 'id']));
    const endedSessions = await endSessions(tx, context, user.id);
    if (endedSessions > 0) await recordAudit(tx, context, 'user.sessions_ended', userTarget(user), []);
    return { endedSessions };
  });
}
