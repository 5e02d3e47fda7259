import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RefreshCookie } from '../request/request-context';

const PATH = '/graphql';

/**
 * The refresh token of a browser: out of reach of scripts, and sent by no other site. ASVS 3.3.1-4.
 * Over HTTPS its name carries the prefix that browsers let only secure pages set.
 */
export function refreshCookieOf(
  request: FastifyRequest,
  reply: FastifyReply,
  isSecure: boolean,
): RefreshCookie {
  const name = isSecure ? '__Secure-rolecall' : 'rolecall';
  const attributes = { path: PATH, httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
  return {
    read: () => request.cookies[name] ?? null,
    set: (token, expiresAt) => void reply.setCookie(name, token, { ...attributes, expires: expiresAt }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}
