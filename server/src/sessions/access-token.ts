import type { KeyObject } from 'node:crypto';
import { readToken, signToken, type TokenKind } from '../crypto/signed-token';

/** Seconds. Clients renew the token with the refresh token. */
export const ACCESS_TOKEN_LIFETIME = 600;

/** RFC 9068, 2.1. */
const ACCESS: TokenKind = { type: 'at+jwt', audience: 'rolecall-api', lifetime: ACCESS_TOKEN_LIFETIME };

export interface AccessClaims {
  readonly userId: number;
  readonly sessionId: number;
}

/** Holds ids only, because permissions are read from the database on every request. */
export function signAccessToken(key: KeyObject, { userId, sessionId }: AccessClaims, now: Date): string {
  return signToken(ACCESS, key, userId, { sid: String(sessionId) }, now);
}

/** Null for anything but an unexpired access token of this service. */
export function readAccessToken(key: KeyObject, token: string, now: Date): AccessClaims | null {
  const claims = readToken(ACCESS, key, token, now);
  const sessionId = Number(claims?.payload.sid);
  return claims && Number.isSafeInteger(sessionId) ? { userId: claims.userId, sessionId } : null;
}
