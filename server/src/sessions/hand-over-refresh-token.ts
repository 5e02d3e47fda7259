import type { RequestContext } from '../request/request-context';
import type { Session } from './session.entity';
import { refreshToken } from './refresh-token';
import { refreshableUntil } from './session-limits';

/** Programs get the refresh token in the answer, browsers in a cookie that no script can read. */
export function handOverRefreshToken(
  { keys, sessionLimits, refreshCookie }: RequestContext,
  session: Session,
  toProgram: boolean,
): string | null {
  const token = refreshToken(keys.refreshToken, session, session.refreshGeneration);
  if (toProgram) return token;
  refreshCookie.set(token, refreshableUntil(session, sessionLimits));
  return null;
}
