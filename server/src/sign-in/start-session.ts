import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { endOldestSessions, MOST_SESSIONS } from '../sessions/end-oldest-sessions';
import { Session } from '../sessions/session.entity';
import { lockUser } from '../users/lock-user';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';
import { findProvenAccount } from '../passwords/account';
import type { ChallengeClaims } from './challenge-token';
import { recordSignIn } from './sign-in-events';
import { remainingSteps, type SignInStep } from './sign-in-steps';

/** What a sign-in leads to: a session, or the steps that are left. */
export type Outcome =
  | { readonly session: Session; readonly user: UserView }
  | { readonly session: null; readonly steps: SignInStep[] };

/**
 * Starts a session for a user who has passed every step of signing in. Null when the sign-in is no longer
 * valid.
 * @param settle settles the attempt that the sign-in has succeeded with
 */
export async function startSession(
  context: RequestContext,
  shown: ChallengeClaims,
  settle: (tx: EntityManager) => Promise<void>,
): Promise<Outcome | null> {
  const { database, sessionLimits, origin, now } = context;
  const { userId } = shown;
  return transaction(database, async (tx) => {
    // Locked first, because every change of a user writes this row: a change at the same time is then either
    // seen here, or comes after this session has started and ends it with the others.
    await lockUser(tx, userId);
    await settle(tx);
    const account = await findProvenAccount(tx, shown);
    if (!account) return null;
    const { user } = account;
    const steps = remainingSteps(user, shown.hasProvenMfa);
    if (steps.length > 0) return { session: null, steps };

    if (account.unendedSessions >= MOST_SESSIONS) await endOldestSessions(tx, context, userId);
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
    await recordSignIn(tx, context, user);
    return { session, user };
  });
}
