import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { privateCookie } from './private-cookie';
import type { DeviceCookie } from '../request/request-context';

/** Seconds: 400 days, the longest that browsers keep a cookie (RFC 6265bis, 5.5). */
const LIFETIME = 400 * 86_400;

/** The device cookie, kept after sign-out: it shows who has signed in here before, and grants no access. */
export function deviceCookieOf(
  request: FastifyRequest,
  reply: FastifyReply,
  isSecure: boolean,
): DeviceCookie {
  const { name, attributes } = privateCookie('rolecall-device', isSecure);
  return {
    read: () => request.cookies[name] ?? null,
    set: (token) => void reply.setCookie(name, token, { ...attributes, maxAge: LIFETIME }),
  };
}
