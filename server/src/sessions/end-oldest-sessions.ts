import { In, IsNull, MoreThan, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { Session } from './session.entity';

/** So many live sessions one user may have. ASVS 7.1.2. */
export const MOST_SESSIONS = 50;

/** More than anyone has; those beyond end at the next sign-in. */
const MOST_ENDED = 1000;

/** Ends the oldest live sessions of a user, so that there is room for one more. */
export async function endOldestSessions(
  tx: EntityManager,
  { sessionLimits, now }: Pick<RequestContext, 'sessionLimits' | 'now'>,
  userId: number,
): Promise<void> {
  const live = {
    userId,
    endedAt: IsNull(),
    expiresAt: MoreThan(now),
    refreshedAt: MoreThan(new Date(now.getTime() - sessionLimits.idle)),
  };
  const beyond = await tx.find(Session, {
    select: { id: true },
    where: live,
    order: { id: 'DESC' },
    skip: MOST_SESSIONS - 1,
    take: MOST_ENDED,
  });
  if (beyond.length > 0) await tx.update(Session, { id: In(beyond.map(({ id }) => id)) }, { endedAt: now });
}
