import type { EntityManager } from 'typeorm';
import { effectivePermissions } from '../access/permissions';
import type { Viewer } from '../access/viewer';
import type { RequestContext } from '../request/request-context';
import { CHALLENGE_LIFETIME, signChallenge, type ChallengeClaims } from './challenge-token';
import { rememberDevice } from '../throttle/known-device';
import type { Session } from '../sessions/session.entity';
import { handOverRefreshToken } from '../sessions/hand-over-refresh-token';
import { toSessionType, type SessionType, type SignInChallenge } from './session.type';
import { startSession } from './start-session';
import type { UserView } from '../users/user-view';

export interface SignInResult {
  readonly session?: SessionType;
  readonly challenge?: SignInChallenge;
}

/**
 * Starts the session, or returns the challenge for the steps that are left. Null when the sign-in is no
 * longer valid, because the user has been disabled or their credentials changed since.
 * @param settle settles the attempt that the sign-in has succeeded with, unless that is already done
 */
export async function finishSignIn(
  context: RequestContext,
  shown: ChallengeClaims,
  settle: (tx: EntityManager) => Promise<void> = () => Promise.resolve(),
): Promise<SignInResult | null> {
  const { keys, now } = context;
  const outcome = await startSession(context, shown, settle);
  if (!outcome) return null;
  if (!outcome.session) {
    const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME * 1000);
    const token = signChallenge(keys.challenge, shown, now);
    return { challenge: { token, steps: outcome.steps, expiresAt } };
  }

  const { session, user } = outcome;
  const viewer = viewerOf(user, session);
  context.viewer = viewer;
  const refreshToken = handOverRefreshToken(context, session, shown.withRefreshToken);
  if (!shown.withRefreshToken) rememberDevice(context, shown);
  return { session: toSessionType(context, session, viewer, refreshToken) };
}

function viewerOf({ id, username, organizationId, role }: UserView, session: Session): Viewer {
  return {
    userId: id,
    username,
    sessionId: session.id,
    organizationId,
    roleId: role.id,
    permissions: new Set(effectivePermissions(role.permissions)),
  };
}
