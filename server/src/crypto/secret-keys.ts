import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * One key for each purpose, so that a value made for one can never be used for another. They are key
 * objects because jsonwebtoken first tries to parse plain bytes as a public key, which takes an eighth of
 * the time of a request.
 */
export interface SecretKeys {
  readonly accessToken: KeyObject;
  readonly refreshToken: KeyObject;
  readonly cursor: KeyObject;
  readonly totp: KeyObject;
  readonly recoveryCode: KeyObject;
  readonly challenge: KeyObject;
  readonly mail: KeyObject;
  readonly device: KeyObject;
  readonly throttle: KeyObject;
  readonly idempotency: KeyObject;
}

/** HKDF with SHA-256 (RFC 5869) from the one SECRET. */
export function deriveKeys(secret: string): SecretKeys {
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'rolecall', `rolecall/${purpose}/v1`, 32)));
  return {
    accessToken: derive('access-token'),
    refreshToken: derive('refresh-token'),
    cursor: derive('cursor'),
    totp: derive('totp'),
    recoveryCode: derive('recovery-code'),
    challenge: derive('challenge'),
    mail: derive('mail'),
    device: derive('device'),
    throttle: derive('throttle'),
    idempotency: derive('idempotency'),
  };
}
