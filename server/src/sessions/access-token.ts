import { createHash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { parseRowId, readToken, signToken, type TokenKind } from '../crypto/signed-token';
import type { Session } from './session.entity';

/** Seconds. Clients renew the token with the refresh token. */
export const ACCESS_TOKEN_LIFETIME = 600;

/** RFC 9068, 2.1. */
const ACCESS: TokenKind = { type: 'at+jwt', audience: 'rolecall-api', lifetime: ACCESS_TOKEN_LIFETIME };

export interface AccessClaims {
  readonly userId: number;
  readonly sessionId: number;
  /** What only tokens of this very session have; see isTokenOf. */
  readonly mark: string;
}

type Seeded = Pick<Session, 'id' | 'userId' | 'refreshSeed'>;

/** Holds ids only, because permissions are read from the database on every request. */
export function signAccessToken(key: KeyObject, { id, userId, refreshSeed }: Seeded, now: Date): string {
  return signToken(ACCESS, key, userId, { sid: String(id), ses: markOf(refreshSeed) }, now);
}

/** Null for anything but an unexpired access token of this service. */
export function readAccessToken(key: KeyObject, token: string, now: Date): AccessClaims | null {
  const claims = readToken(ACCESS, key, token, now);
  if (!claims) return null;
  const sessionId = parseRowId(claims.payload.sid);
  const mark: unknown = claims.payload.ses;
  if (sessionId === null || typeof mark !== 'string') return null;
  return { userId: claims.userId, sessionId, mark };
}

/**
 * Whether a token was given out for the session with this seed: after the restore of a backup, ids are given anew, and
 * another user's session may have the id that the token names.
 */
export function isTokenOf(refreshSeed: string, { mark }: Pick<AccessClaims, 'mark'>): boolean {
  const expected = Buffer.from(markOf(refreshSeed));
  const given = Buffer.from(mark);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Of the seed, which a token must not show, because refresh tokens follow from it. */
function markOf(refreshSeed: string): string {
  return createHash('sha256').update(`access token of ${refreshSeed}`).digest('base64url').slice(0, 22);
}
