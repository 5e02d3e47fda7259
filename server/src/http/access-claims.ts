import type { KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { readAccessToken, type AccessClaims } from '../sessions/access-token';

const known = new WeakMap<FastifyRequest, AccessClaims | null>();

/**
 * What the access token of a request claims; null when it has none that is good. It is verified once: the limit of the
 * caller and the viewer are both found by it.
 */
export function accessClaimsOf(request: FastifyRequest, key: KeyObject, now: Date): AccessClaims | null {
  const earlier = known.get(request);
  if (earlier !== undefined) return earlier;
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const claims = token ? readAccessToken(key, token, now) : null;
  known.set(request, claims);
  return claims;
}
