import type { KeyObject } from 'node:crypto';
import { sign, verify, type JwtPayload } from 'jsonwebtoken';

const ALGORITHM = 'HS256';
const ISSUER = 'rolecall';

/** Distinguishes the tokens of one purpose from those of all others. */
export interface TokenKind {
  /** The `typ` of the header (RFC 8725, 3.11). */
  readonly type: string;
  readonly audience: string;
  /** Seconds. */
  readonly lifetime: number;
}

export interface SignedClaims {
  readonly userId: number;
  /** The claims of this kind of token, not yet checked for their types. */
  readonly payload: JwtPayload;
}

export function signToken(
  { type, audience, lifetime }: TokenKind,
  key: KeyObject,
  userId: number,
  claims: object,
  now: Date,
): string {
  return sign({ ...claims, iat: secondsOf(now) }, key, {
    algorithm: ALGORITHM,
    header: { alg: ALGORITHM, typ: type },
    issuer: ISSUER,
    audience,
    subject: String(userId),
    expiresIn: lifetime,
  });
}

/**
 * Null for anything but an unexpired token of ours of this kind: algorithm, issuer, audience, type
 * and age are pinned, and what jsonwebtoken lets pass when absent or of another JSON type must be there as we
 * write it. ASVS 9.1, 9.2.
 */
export function readToken(
  { type, audience, lifetime }: TokenKind,
  key: KeyObject,
  token: string,
  now: Date,
): SignedClaims | null {
  try {
    const { header, payload } = verify(token, key, {
      complete: true,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      maxAge: lifetime,
      clockTimestamp: secondsOf(now),
    });
    if (header.typ !== type || typeof payload === 'string') return null;
    const { iat, exp } = payload;
    // Lists of these pass when one of their values is ours.
    if (payload.iss !== ISSUER || payload.aud !== audience) return null;
    if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp) || exp !== iat! + lifetime) return null;
    const userId = parseRowId(payload.sub);
    return userId === null ? null : { userId, payload };
  } catch {
    return null;
  }
}

/** The number of a row as our tokens write it: a text of digits. Null for every other value, of whatever type. */
export function parseRowId(claim: unknown): number | null {
  return typeof claim === 'string' && /^[1-9]\d{0,9}$/.test(claim) ? Number(claim) : null;
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
