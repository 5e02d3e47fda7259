import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import type { AuditAction } from '../audit/audit-action';
import { recordAudit } from '../audit/record-audit';
import { endSessions } from '../sessions/end-sessions';
import { queueSecurityNotice } from '../users/security-notice';
import { userChanges, userTarget, writeUser } from '../users/user-changes';
import { type UserView } from '../users/user-view';
import { findUserOrFail } from '../users/find-user';

/**
 * Writes that the viewer's own MFA was set up or removed, and ends their other sessions.
 * ASVS 7.4.3.
 * @returns how many sessions have ended
 */
export async function writeOwnMfa(
  tx: EntityManager,
  context: SignedInContext,
  user: UserView,
  mfaEnabled: boolean,
): Promise<number> {
  const { viewer, now } = context;
  await writeUser(tx, user, { mfaEnabled }, now);
  const ended = await endSessions(tx, context, user.id, viewer.sessionId);
  const updated = await findUserOrFail(tx, viewer, user.id);
  const action: AuditAction = mfaEnabled ? 'user.mfa_set_up' : 'user.mfa_removed';
  await recordAudit(tx, context, action, userTarget(updated), userChanges(user, updated));
  const notice = mfaEnabled ? 'mfa_enabled' : 'mfa_removed';
  await queueSecurityNotice(tx, context, updated, notice);
  return ended;
}
