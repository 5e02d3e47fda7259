import type { RequestContext } from '../request/request-context';
import type { Session } from './session.entity';
import { refreshToken } from './refresh-token';
import { refreshableUntil } from './session-limits';

/** Returns the refresh token for programs; for browsers sets it as a cookie that scripts cannot read. */
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
