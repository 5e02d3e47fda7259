import type { KeyObject } from 'node:crypto';
import type { PasswordProof } from '../passwords/account';
import { readToken, signToken, type TokenKind } from '../crypto/signed-token';

/** Seconds: long enough to install an authenticator app. */
export const CHALLENGE_LIFETIME = 900;

/** Key, type and audience differ from those of access tokens, so that neither can be used as the other. */
const CHALLENGE: TokenKind = {
  type: 'sign-in-challenge+jwt',
  audience: 'rolecall-sign-in',
  lifetime: CHALLENGE_LIFETIME,
};

/** The steps that a sign-in has passed. No longer valid once the sessions of the user have been ended. */
export interface ChallengeClaims extends PasswordProof {
  readonly hasProvenMfa: boolean;
  readonly withRefreshToken: boolean;
}

/** The token with which a sign-in continues; it is valid for nothing else. ASVS 9.2.2. */
export function signChallenge(key: KeyObject, { userId, ...claims }: ChallengeClaims, now: Date): string {
  const { signInGeneration: gen, hasProvenMfa: mfa, withRefreshToken: prg } = claims;
  return signToken(CHALLENGE, key, userId, { gen, mfa, prg }, now);
}

/**
 * The claims of a sign-in that has itself ended the sessions of its user, and so the generation. Computed,
 * not read again: if another request has ended them at the same time, this sign-in must not continue.
 */
export function afterSessionsEnded(claims: ChallengeClaims): ChallengeClaims {
  return { ...claims, signInGeneration: claims.signInGeneration + 1 };
}

/** Null for anything but an unexpired challenge token of this service. */
export function readChallenge(key: KeyObject, token: string, now: Date): ChallengeClaims | null {
  const claims = readToken(CHALLENGE, key, token, now);
  if (!claims) return null;
  const { gen, mfa, prg } = claims.payload;
  // No other JSON type may pass for ours.
  if (!Number.isSafeInteger(gen) || typeof mfa !== 'boolean' || typeof prg !== 'boolean') return null;
  return {
    userId: claims.userId,
    signInGeneration: gen as number,
    hasProvenMfa: mfa,
    withRefreshToken: prg,
  };
}
