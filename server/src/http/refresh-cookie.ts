import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { privateCookie } from './private-cookie';
import type { RefreshCookie } from '../request/request-context';

/** The cookie with the refresh token of a browser. */
export function refreshCookieOf(
  request: FastifyRequest,
  reply: FastifyReply,
  isSecure: boolean,
): RefreshCookie {
  const { name, attributes } = privateCookie('rolecall', isSecure);
  return {
    // A browser tells with Origin how it opened the page, whatever the proxies make of it.
    isKept: !isSecure || !request.headers.origin?.startsWith('http:'),
    read: () => request.cookies[name] ?? null,
    set: (token, expiresAt) => void reply.setCookie(name, token, { ...attributes, expires: expiresAt }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}
