import { IsNull, LessThanOrEqual, MoreThan, Not, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { Session } from './session.entity';

/**
 * Ends every session of a user except `exceptSessionId`, every unfinished sign-in and every unconfirmed setup
 * of MFA: whoever has seen its secret may be the one to be shut out. Holds from the next request on every
 * instance. ASVS 7.4.2, 7.4.3.
 * @returns how many live sessions have ended
 */
export async function endSessions(
  tx: EntityManager,
  { sessionLimits, now }: Pick<RequestContext, 'sessionLimits' | 'now'>,
  userId: number,
  exceptSessionId: number | null = null,
): Promise<number> {
  // First, because a sign-in locks this row before it starts a session: a sign-in at the same time either
  // comes first, and its session ends here, or finds that its generation has passed. Entities of
  // other folders are given by their names, because this folder must not import them.
  await tx.increment('User', { id: userId }, 'signInGeneration', 1);
  await tx.delete('UserTotp', { userId, confirmedAt: IsNull() });
  const idleSince = new Date(now.getTime() - sessionLimits.idle);
  const open = {
    userId,
    endedAt: IsNull(),
    expiresAt: MoreThan(now),
    ...(exceptSessionId === null ? {} : { id: Not(exceptSessionId) }),
  };
  const live = { ...open, refreshedAt: MoreThan(idleSince) };
  const { affected } = await tx.update(Session, live, { endedAt: now });
  // Idle sessions too: a longer limit in the configuration would otherwise make them live again.
  await tx.update(Session, { ...open, refreshedAt: LessThanOrEqual(idleSince) }, { endedAt: now });
  return affected ?? 0;
}
