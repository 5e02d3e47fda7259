import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { API_PATH } from './api-route';
import { vary } from './vary';

/** What the scripts of these origins may send; `Content-Type: application/json` is among what needs permission. */
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'X-Request-Id',
  'Apollo-Require-Preflight',
  'X-Apollo-Operation-Name',
  'Apollographql-Client-Name',
  'Apollographql-Client-Version',
];

/** What they may read of an answer, beside its body and the few headers that are always theirs. */
const ANSWER_HEADERS = ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'];

/** Seconds for which a browser need not ask again; Chromium remembers no longer. */
const PREFLIGHT_LIFETIME = 7200;

/**
 * Lets the scripts of these origins call the API, and nothing else of the service: CORS, without credentials, so that
 * no cookie comes along. The origin must be the same letter by letter; everybody else is answered as if there were no
 * CORS. To be called before whatever refuses requests, because scripts must be able to read refusals. ASVS 3.4.2.
 */
export function allowOrigins(server: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const isAllowed = ({ headers: { origin } }: FastifyRequest): boolean =>
    origin !== undefined && origins.includes(origin);
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== API_PATH) return;
    vary(reply, 'Origin');
    if (!isAllowed(request)) return;
    reply.header('access-control-allow-origin', request.headers.origin);
    if (!isPreflight(request)) reply.header('access-control-expose-headers', ANSWER_HEADERS.join(', '));
  });
  server.options(API_PATH, (request, reply) => {
    if (!isAllowed(request) || !isPreflight(request)) return refuseOptions(reply);
    return reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', REQUEST_HEADERS.join(', '))
      .header('access-control-max-age', String(PREFLIGHT_LIFETIME))
      .send();
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** As every method that the API does not take. */
function refuseOptions(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}
