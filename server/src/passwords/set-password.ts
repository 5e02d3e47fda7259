import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { revokeOneTimeTokens } from '../one-time-token/one-time-tokens';
import { endSessions } from '../sessions/end-sessions';
import { UserCredential } from './user-credential.entity';

/**
 * Replaces a user's password, ends their sessions, except the one in which they do it themselves, and
 * revokes every link that was mailed to them. ASVS 7.4.3.
 * @returns how many sessions have ended
 */
export async function setPassword(
  tx: EntityManager,
  context: SignedInContext,
  userId: number,
  passwordHash: string,
): Promise<number> {
  const { viewer, now } = context;
  await tx.update(UserCredential, { userId }, { passwordHash, changedAt: now });
  await revokeOneTimeTokens(tx, userId, now);
  return endSessions(tx, context, userId, viewer.userId === userId ? viewer.sessionId : null);
}
