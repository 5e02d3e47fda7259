import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RefreshCookie } from '../request/request-context';

const PATH = '/graphql';

/**
 * The cookie with the refresh token of a browser: scripts cannot read it, and requests from other sites do
 * not carry it. Over HTTPS its name has a prefix that only secure pages can set. ASVS 3.3.1-4.
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
