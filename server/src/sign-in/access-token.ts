import type { KeyObject } from 'node:crypto';
import { sign, verify, type JwtPayload } from 'jsonwebtoken';

/** Seconds. Short, because it names a session and proves nothing else. */
export const ACCESS_TOKEN_LIFETIME = 600;

const ALGORITHM = 'HS256';
const ISSUER = 'rolecall';
const AUDIENCE = 'rolecall-api';
/** RFC 9068, 2.1: tells an access token from every other token we sign. */
const TYPE = 'at+jwt';

export interface AccessClaims {
  readonly userId: number;
  readonly sessionId: number;
}

/** Ids only: rights are read from the database on every request. */
export function signAccessToken(key: KeyObject, { userId, sessionId }: AccessClaims, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return sign({ sid: String(sessionId), iat: issuedAt }, key, {
    algorithm: ALGORITHM,
    header: { alg: ALGORITHM, typ: TYPE },
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: String(userId),
    expiresIn: ACCESS_TOKEN_LIFETIME,
  });
}

/** Null for anything but an unexpired access token of ours. ASVS 9.1, 9.2; RFC 8725. */
export function readAccessToken(key: KeyObject, token: string, now: Date): AccessClaims | null {
  try {
    const { header, payload } = verify(token, key, {
      complete: true,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      maxAge: ACCESS_TOKEN_LIFETIME,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    });
    if (header.typ !== TYPE) return null;
    return readClaims(payload as JwtPayload);
  } catch {
    return null;
  }
}

/** jsonwebtoken takes tokens without exp, so what must be there is checked here. */
function readClaims({ sub, sid, exp }: JwtPayload): AccessClaims | null {
  const userId = Number(sub);
  const sessionId = Number(sid);
  if (typeof exp !== 'number' || !Number.isSafeInteger(userId) || !Number.isSafeInteger(sessionId))
    return null;
  return { userId, sessionId };
}
