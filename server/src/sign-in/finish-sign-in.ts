import type { RequestContext } from '../request/request-context';
import { findProvenAccount } from '../passwords/account';
import { CHALLENGE_LIFETIME, signChallenge, type ChallengeClaims } from './challenge-token';
import { rememberDevice } from '../throttle/known-device';
import { loadViewer } from '../sessions/load-viewer';
import { handOverRefreshToken } from '../sessions/hand-over-refresh-token';
import { toSessionType, type SessionType, type SignInChallenge } from './session.type';
import { remainingSteps } from './sign-in-steps';
import { startSession } from './start-session';

export interface SignInResult {
  readonly session?: SessionType;
  readonly challenge?: SignInChallenge;
}

/**
 * Starts the session, or returns the challenge for the steps that are left. Null when the sign-in is no
 * longer valid, because the user has been disabled or their credentials changed since.
 */
export async function finishSignIn(
  context: RequestContext,
  shown: ChallengeClaims,
): Promise<SignInResult | null> {
  const { database, keys, now } = context;
  const account = await findProvenAccount(database.reader, shown);
  if (!account) return null;
  const steps = remainingSteps(account.user, shown.hasProvenMfa);
  if (steps.length > 0) {
    const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME * 1000);
    return { challenge: { token: signChallenge(keys.challenge, shown, now), steps, expiresAt } };
  }

  const session = await startSession(context, shown);
  const viewer =
    session && (await loadViewer(database.reader, { userId: shown.userId, sessionId: session.id }, now));
  if (!viewer) return null;
  context.viewer = viewer;
  const refreshToken = handOverRefreshToken(context, session, shown.withRefreshToken);
  if (!shown.withRefreshToken) rememberDevice(context, shown.userId);
  return { session: toSessionType(context, session, viewer, refreshToken) };
}
