import type { KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { readAccessToken, type AccessClaims } from '../sessions/access-token';

/** What the access token of a request claims; null when it has none that is good. */
export function accessClaimsOf(
  { headers }: Pick<FastifyRequest, 'headers'>,
  key: KeyObject,
  now: Date,
): AccessClaims | null {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return token ? readAccessToken(key, token, now) : null;
}
