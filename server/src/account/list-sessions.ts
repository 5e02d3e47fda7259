import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { Session } from '../sessions/session.entity';
import { isLive } from '../sessions/session-limits';
import type { ViewerSession } from './account.payloads';

/** The viewer's live sessions, this one first, then the latest seen. */
export async function listSessions(
  reader: EntityManager,
  { sessionLimits, viewer, now }: Pick<SignedInContext, 'sessionLimits' | 'viewer' | 'now'>,
): Promise<ViewerSession[]> {
  const sessions = await reader.find(Session, {
    where: { userId: viewer.userId, endedAt: IsNull(), expiresAt: MoreThan(now) },
    order: { refreshedAt: 'DESC', id: 'DESC' },
  });
  return sessions
    .filter((session) => isLive(session, sessionLimits, now))
    .map(({ id, userAgent, address, createdAt, refreshedAt }) => ({
      id,
      isCurrent: id === viewer.sessionId,
      userAgent,
      ipAddress: address,
      createdAt,
      lastSeenAt: refreshedAt,
    }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}
