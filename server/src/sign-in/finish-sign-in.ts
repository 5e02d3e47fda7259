import type { RequestContext } from '../access/request-context';
import type { Account } from './account';
import { CHALLENGE_LIFETIME, signChallenge } from './challenge-token';
import { loadViewer } from './load-viewer';
import { handOverRefreshToken } from './refresh-cookie';
import { toSessionType, type SessionType, type SignInChallenge } from './session.type';
import { remainingSteps } from './sign-in-steps';
import { startSession } from './start-session';

export interface SignInProgress {
  readonly hasProvenMfa: boolean;
  readonly withRefreshToken: boolean;
}

export interface SignInResult {
  readonly session?: SessionType;
  readonly challenge?: SignInChallenge;
}

/** Opens the session, or hands out the challenge for the steps that are left. Null for a disabled user. */
export async function finishSignIn(
  context: RequestContext,
  { user, passwordChangedAt }: Account,
  progress: SignInProgress,
): Promise<SignInResult | null> {
  const { database, keys, now } = context;
  const steps = remainingSteps(user, progress.hasProvenMfa);
  if (steps.length > 0) {
    const claims = { userId: user.id, passwordChangedAt: passwordChangedAt.getTime(), ...progress };
    const token = signChallenge(keys.challenge, claims, now);
    const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME * 1000);
    return { challenge: { token, steps, expiresAt } };
  }

  const session = await startSession(context, user.id);
  const viewer = await loadViewer(database.reader, { userId: user.id, sessionId: session.id }, now);
  // Disabled while he was signing in.
  if (!viewer) return null;
  context.viewer = viewer;
  const refreshToken = handOverRefreshToken(context, session, progress.withRefreshToken);
  return { session: toSessionType(context, session, viewer, refreshToken) };
}
