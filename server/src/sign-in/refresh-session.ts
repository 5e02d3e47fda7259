import { IsNull, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { StaleRowError, transaction } from '../database/transaction';
import { failure } from '../errors';
import { Session } from '../sessions/session.entity';
import { loadViewer } from '../sessions/load-viewer';
import { handOverRefreshToken } from '../sessions/hand-over-refresh-token';
import { isGenuine, parseRefreshToken, type RefreshTokenParts } from '../sessions/refresh-token';
import { isLive } from '../sessions/session-limits';
import { recordTokenReuse } from './sign-in-events';
import { toSessionType, type SessionType } from './session.type';
import type { RefreshSessionInput } from './sign-in.inputs';

/**
 * For so long (ms) after a renewal the previous token still returns the current one, unless that has been used:
 * the answer may have been lost, which a client finds out when its time-out has passed, or two tabs may have
 * renewed at once.
 */
const REPEAT_WINDOW = 120_000;

/**
 * Renews a session. Every refresh token works once; the use of an older one means that it was copied,
 * and ends the session. ASVS 10.4.5, RFC 9700 4.14.2.
 * @throws UserErrors INVALID_REFRESH_TOKEN
 */
export async function refreshSession(
  context: RequestContext,
  input: RefreshSessionInput,
): Promise<{ session: SessionType }> {
  const { database, refreshCookie, now } = context;
  const presented = input.refreshToken ?? refreshCookie.read();
  const parts = presented ? parseRefreshToken(presented) : null;
  const session = parts ? await transaction(database, (tx) => renew(tx, context, parts)) : null;
  const viewer = session
    ? await loadViewer(database.reader, { userId: session.userId, sessionId: session.id }, now)
    : null;
  if (!session || !viewer) {
    if (!input.refreshToken) refreshCookie.clear();
    throw failure('INVALID_REFRESH_TOKEN', ['input', 'refreshToken']);
  }
  context.viewer = viewer;
  const token = handOverRefreshToken(context, session, Boolean(input.refreshToken));
  return { session: toSessionType(context, session, viewer, token) };
}

/** The session after its renewal, or null when the token is not valid. */
async function renew(
  tx: EntityManager,
  context: RequestContext,
  parts: RefreshTokenParts,
): Promise<Session | null> {
  const { keys, sessionLimits, now } = context;
  const session = await tx.findOneBy(Session, { id: parts.sessionId });
  if (!session || !isGenuine(keys.refreshToken, session, parts) || !isLive(session, sessionLimits, now))
    return null;

  const { id, refreshGeneration } = session;
  if (parts.generation === refreshGeneration) {
    const renewed = { refreshGeneration: refreshGeneration + 1, refreshedAt: now };
    const { affected } = await tx.update(Session, { id, refreshGeneration }, renewed);
    if (affected !== 1) throw new StaleRowError();
    return Object.assign(session, renewed);
  }
  const isRepeat =
    parts.generation === refreshGeneration - 1 &&
    now.getTime() < session.refreshedAt.getTime() + REPEAT_WINDOW;
  if (isRepeat) return session;
  const { affected } = await tx.update(Session, { id, endedAt: IsNull() }, { endedAt: now });
  if (affected === 1) await recordTokenReuse(tx, context, session.userId);
  return null;
}
