import type { EntityManager } from 'typeorm';
import { Session } from './session.entity';

/**
 * Ends every live session of a user, save `exceptSessionId`; effective on the very next request on
 * every instance. ASVS 7.4.2, 7.4.3.
 * @returns how many sessions that were still usable have ended
 */
export async function endSessions(
  tx: EntityManager,
  userId: number,
  now: Date,
  exceptSessionId: number | null = null,
): Promise<number> {
  const update = tx
    .createQueryBuilder()
    .update(Session)
    .set({ endedAt: now })
    .where('userId = :userId AND endedAt IS NULL AND expiresAt > :now', { userId, now });
  if (exceptSessionId !== null) update.andWhere('id <> :exceptSessionId', { exceptSessionId });
  return (await update.execute()).affected ?? 0;
}
