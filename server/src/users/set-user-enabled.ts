import { refusals } from '../access/refusals';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { lockOrganization } from '../organizations/lock-organization';
import { revokeOneTimeTokens } from '../one-time-token/one-time-tokens';
import { endSessions } from '../sessions/end-sessions';
import { isLastAdministrator, lastAdministrator } from './last-administrator';
import { targetUser } from './target-user';
import { userChanges, userTarget, writeUser } from './user-changes';
import type { SetUserEnabledInput } from './user.inputs';
import { reasonsNotToSetEnabled } from './user.policy';
import { findUser, type UserView } from './user-row';

/**
 * Disables or enables a user; saying what is already so changes nothing. ASVS 7.4.2.
 * @throws UserErrors
 */
export async function setUserEnabled(
  context: SignedInContext,
  { id, enabled }: SetUserEnabledInput,
): Promise<{ user: UserView; endedSessions: number }> {
  const { database, viewer, now } = context;
  return transaction(database, async (tx) => {
    if (!enabled) await lockOrganization(tx, viewer.organizationId);
    const user = await targetUser(tx, viewer, id);
    refuseIfAny(refusals(reasonsNotToSetEnabled(viewer, user), ['input', 'id']));
    if (user.enabled === enabled) return { user, endedSessions: 0 };
    if (!enabled && (await isLastAdministrator(tx, user))) refuseIfAny([lastAdministrator('id')]);

    await writeUser(tx, user, { enabled }, now);
    if (!enabled) await revokeOneTimeTokens(tx, user.id, now);
    const endedSessions = enabled ? 0 : await endSessions(tx, context, user.id);
    const updated = (await findUser(tx, viewer, user.id))!;
    const action = enabled ? 'user.enabled' : 'user.disabled';
    await recordAudit(tx, context, action, userTarget(updated), userChanges(user, updated));
    return { user: updated, endedSessions };
  });
}
