import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../access/request-context';
import { transaction } from '../database/transaction';
import { Session } from '../sessions/session.entity';
import { User } from '../users/user.entity';
import { ABSOLUTE_LIMIT } from './session-limits';

/** Opens a session for a user who has passed every step of signing in. */
export async function startSession(
  { database, origin, now }: RequestContext,
  userId: number,
): Promise<Session> {
  return transaction(database, async (tx) => {
    const session = tx.create(Session, {
      userId,
      refreshSeed: randomBytes(16).toString('hex'),
      refreshGeneration: 0,
      refreshedAt: now,
      createdAt: now,
      expiresAt: new Date(now.getTime() + ABSOLUTE_LIMIT),
      endedAt: null,
      address: origin.address,
      userAgent: origin.userAgent,
    });
    await tx.insert(Session, session);
    await tx.update(User, { id: userId }, { lastSignInAt: now });
    return session;
  });
}
