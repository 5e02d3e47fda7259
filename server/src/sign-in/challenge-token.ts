import type { KeyObject } from 'node:crypto';
import type { PasswordProof } from './account';
import { readToken, signToken, type TokenKind } from './signed-token';

/** Seconds: long enough to install an authenticator app. */
export const CHALLENGE_LIFETIME = 900;

/** Like the key, type and audience differ from an access token's: neither passes for the other. */
const CHALLENGE: TokenKind = {
  type: 'sign-in-challenge+jwt',
  audience: 'rolecall-sign-in',
  lifetime: CHALLENGE_LIFETIME,
};

/** What a sign-in has shown so far. It ends when the password changes. */
export interface ChallengeClaims extends PasswordProof {
  readonly hasProvenMfa: boolean;
  readonly withRefreshToken: boolean;
}

/** Says what a sign-in has shown so far; good for nothing but going on with it. ASVS 9.2.2. */
export function signChallenge(key: KeyObject, { userId, ...claims }: ChallengeClaims, now: Date): string {
  const { passwordChangedAt: pwd, hasProvenMfa: mfa, withRefreshToken: prg } = claims;
  return signToken(CHALLENGE, key, userId, { pwd, mfa, prg }, now);
}

/** Null for anything but an unexpired challenge of ours. */
export function readChallenge(key: KeyObject, token: string, now: Date): ChallengeClaims | null {
  const claims = readToken(CHALLENGE, key, token, now);
  if (!claims) return null;
  const { pwd, mfa, prg } = claims.payload;
  if (typeof pwd !== 'number') return null;
  return {
    userId: claims.userId,
    passwordChangedAt: pwd,
    hasProvenMfa: mfa === true,
    withRefreshToken: prg === true,
  };
}
