import { hkdfSync } from 'node:crypto';

/** One key a purpose, so that what is made for one can never be used for another. */
export interface SecretKeys {
  readonly accessToken: Buffer;
  readonly refreshToken: Buffer;
  readonly cursor: Buffer;
  readonly totp: Buffer;
}

/** HKDF with SHA-256 (RFC 5869) from the one SECRET. */
export function deriveKeys(secret: string): SecretKeys {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, 'rolecall', `rolecall/${purpose}/v1`, 32));
  return {
    accessToken: derive('access-token'),
    refreshToken: derive('refresh-token'),
    cursor: derive('cursor'),
    totp: derive('totp'),
  };
}
