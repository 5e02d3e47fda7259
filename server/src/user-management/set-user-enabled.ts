import type { EntityManager } from 'typeorm';
import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny } from '../errors';
import { revokeOneTimeTokens } from '../one-time-token/one-time-tokens';
import { endSessions } from '../sessions/end-sessions';
import { isLastAdministrator, lastAdministrator } from '../users/last-administrator';
import { requireUser } from '../users/require-user';
import { userChanges, userTarget, writeUser } from '../users/user-changes';
import type { SetUserEnabledInput } from './user.inputs';
import { denialsToSetEnabled } from '../users/user.policy';
import { type UserView } from '../users/user-view';
import { findUserOrFail } from '../users/find-user';

/**
 * Disables or enables a user; does nothing when they already are. ASVS 7.4.2.
 * @throws UserErrors
 */
export async function setUserEnabled(
  context: SignedInContext,
  { id, enabled }: SetUserEnabledInput,
): Promise<{ user: UserView; endedSessions: number }> {
  const change = async (tx: EntityManager, context: SignedInContext) => {
    const { viewer, now } = context;
    const user = await requireUser(tx, viewer, id);
    throwIfAny(denials(denialsToSetEnabled(viewer, user), ['input', 'id']));
    if (user.enabled === enabled) return { user, endedSessions: 0 };
    if (!enabled && (await isLastAdministrator(tx, user))) throwIfAny([lastAdministrator('id')]);

    await writeUser(tx, user, { enabled }, now);
    if (!enabled) await revokeOneTimeTokens(tx, user.id, now);
    const endedSessions = enabled ? 0 : await endSessions(tx, context, user.id);
    const updated = await findUserOrFail(tx, viewer, user.id);
    const action = enabled ? 'user.enabled' : 'user.disabled';
    await recordAudit(tx, context, action, userTarget(updated), userChanges(user, updated));
    return { user: updated, endedSessions };
  };
  return viewerTransaction(context, change, { changesAccess: true });
}
