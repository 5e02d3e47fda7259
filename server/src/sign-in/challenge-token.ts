import type { KeyObject } from 'node:crypto';
import type { PasswordProof } from '../passwords/account';
import { readToken, signToken, type TokenKind } from '../crypto/signed-token';

/** Seconds: long enough to install an authenticator app. */
export const CHALLENGE_LIFETIME = 900;

/** Like the key, type and audience differ from an access token's: neither passes for the other. */
const CHALLENGE: TokenKind = {
  type: 'sign-in-challenge+jwt',
  audience: 'rolecall-sign-in',
  lifetime: CHALLENGE_LIFETIME,
};

/** What a sign-in has shown so far. It ends when the sessions of the user are ended. */
export interface ChallengeClaims extends PasswordProof {
  readonly hasProvenMfa: boolean;
  readonly withRefreshToken: boolean;
}

/** Says what a sign-in has shown so far; good for nothing but going on with it. ASVS 9.2.2. */
export function signChallenge(key: KeyObject, { userId, ...claims }: ChallengeClaims, now: Date): string {
  const { signInGeneration: gen, hasProvenMfa: mfa, withRefreshToken: prg } = claims;
  return signToken(CHALLENGE, key, userId, { gen, mfa, prg }, now);
}

/**
 * What a sign-in has shown once it has itself ended all others, and their generation with them. Counted
 * on, not read anew: when somebody else has ended them at the same time, this one is over as well.
 */
export function afterSessionsEnded(shown: ChallengeClaims): ChallengeClaims {
  return { ...shown, signInGeneration: shown.signInGeneration + 1 };
}

/** Null for anything but an unexpired challenge of ours. */
export function readChallenge(key: KeyObject, token: string, now: Date): ChallengeClaims | null {
  const claims = readToken(CHALLENGE, key, token, now);
  if (!claims) return null;
  const { gen, mfa, prg } = claims.payload;
  if (typeof gen !== 'number') return null;
  return {
    userId: claims.userId,
    signInGeneration: gen,
    hasProvenMfa: mfa === true,
    withRefreshToken: prg === true,
  };
}
