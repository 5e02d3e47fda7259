import { IsNull, LessThanOrEqual, MoreThan, Not, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { Session } from './session.entity';

/**
 * Ends every session of a user, save `exceptSessionId`, and every sign-in that is under way; effective on
 * the very next request on every instance. ASVS 7.4.2, 7.4.3.
 * @returns how many sessions that were still usable have ended
 */
export async function endSessions(
  tx: EntityManager,
  { sessionLimits, now }: Pick<RequestContext, 'sessionLimits' | 'now'>,
  userId: number,
  exceptSessionId: number | null = null,
): Promise<number> {
  // First the row that a sign-in writes before it opens a session: one at the same time either comes
  // before, and its session ends here, or learns that it is over. By name: users stand above sessions.
  await tx.increment('User', { id: userId }, 'signInGeneration', 1);
  const idleSince = new Date(now.getTime() - sessionLimits.idle);
  const open = {
    userId,
    endedAt: IsNull(),
    expiresAt: MoreThan(now),
    ...(exceptSessionId === null ? {} : { id: Not(exceptSessionId) }),
  };
  const live = { ...open, refreshedAt: MoreThan(idleSince) };
  const { affected } = await tx.update(Session, live, { endedAt: now });
  // The idle ones too, lest a longer limit brings them back to life.
  await tx.update(Session, { ...open, refreshedAt: LessThanOrEqual(idleSince) }, { endedAt: now });
  return affected ?? 0;
}
