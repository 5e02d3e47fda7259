import type { KeyObject } from 'node:crypto';
import { sign, verify, type JwtPayload } from 'jsonwebtoken';

/** Seconds: long enough to install an authenticator app. */
export const CHALLENGE_LIFETIME = 900;

const ALGORITHM = 'HS256';
const ISSUER = 'rolecall';
const AUDIENCE = 'rolecall-sign-in';
/** Like the audience and the key it differs from an access token's: neither passes for the other. */
const TYPE = 'sign-in-challenge+jwt';

export interface ChallengeClaims {
  readonly userId: number;
  /** The password that was shown: a challenge ends when it changes. Milliseconds since 1970. */
  readonly passwordChangedAt: number;
  readonly hasProvenMfa: boolean;
  readonly withRefreshToken: boolean;
}

/** Says what a sign-in has shown so far; good for nothing but going on with it. ASVS 9.2.2. */
export function signChallenge(key: KeyObject, claims: ChallengeClaims, now: Date): string {
  const payload = {
    pwd: claims.passwordChangedAt,
    mfa: claims.hasProvenMfa,
    prg: claims.withRefreshToken,
    iat: Math.floor(now.getTime() / 1000),
  };
  return sign(payload, key, {
    algorithm: ALGORITHM,
    header: { alg: ALGORITHM, typ: TYPE },
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: String(claims.userId),
    expiresIn: CHALLENGE_LIFETIME,
  });
}

/** Null for anything but an unexpired challenge of ours. */
export function readChallenge(key: KeyObject, token: string, now: Date): ChallengeClaims | null {
  try {
    const { header, payload } = verify(token, key, {
      complete: true,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      maxAge: CHALLENGE_LIFETIME,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    });
    return header.typ === TYPE ? readClaims(payload as JwtPayload) : null;
  } catch {
    return null;
  }
}

function readClaims({ sub, pwd, mfa, prg, exp }: JwtPayload): ChallengeClaims | null {
  const userId = Number(sub);
  if (!Number.isSafeInteger(userId) || typeof pwd !== 'number' || typeof exp !== 'number') return null;
  return { userId, passwordChangedAt: pwd, hasProvenMfa: mfa === true, withRefreshToken: prg === true };
}
