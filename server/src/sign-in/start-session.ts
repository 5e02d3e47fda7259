import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { Session } from '../sessions/session.entity';
import { lockUser } from '../users/lock-user';
import { User } from '../users/user.entity';
import { findProvenAccount } from '../passwords/account';
import type { ChallengeClaims } from './challenge-token';
import { recordSignIn } from './sign-in-events';
import { remainingSteps } from './sign-in-steps';

/** Starts a session for a user who has passed every step of signing in; null when that no longer holds. */
export async function startSession(context: RequestContext, shown: ChallengeClaims): Promise<Session | null> {
  const { database, sessionLimits, origin, now } = context;
  const { userId } = shown;
  return transaction(database, async (tx) => {
    // Locked first, because every change of a user writes this row: a change at the same time is then either
    // seen here, or comes after this session has started and ends it with the others.
    await lockUser(tx, userId);
    const account = await findProvenAccount(tx, shown);
    if (!account || remainingSteps(account.user, shown.hasProvenMfa).length > 0) return null;

    const session = tx.create(Session, {
      userId,
      refreshSeed: randomBytes(16).toString('hex'),
      refreshGeneration: 0,
      refreshedAt: now,
      createdAt: now,
      expiresAt: new Date(now.getTime() + sessionLimits.absolute),
      endedAt: null,
      address: origin.address,
      userAgent: origin.userAgent,
    });
    await tx.insert(Session, session);
    await tx.update(User, { id: userId }, { lastSignInAt: now });
    await recordSignIn(tx, context, account.user);
    return session;
  });
}
