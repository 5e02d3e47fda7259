import type { FastifyInstance } from 'fastify';
import { RETRY_AFTER_OVERLOAD } from '../errors';
import { isApiCall } from './api-route';
import { refuseForNow } from './error-answers';

/** Milliseconds between two looks at how late the process is. */
const INTERVAL = 100;

/** The process counts as overloaded when it is later than this (ms). */
export const LATEST = 250;

/** A single long statement makes the process late once; counted no higher (ms), it refuses nobody. */
const MOST_AT_ONCE = 500;

/** How much the last look weighs among all. */
const WEIGHT = 0.4;

/**
 * Refuses requests, before anything is read of them, while the process cannot keep up with those that it has. So
 * the others are answered in a time that clients wait for. The health of the service and the files of the page are
 * always answered: a page that misses a file is broken.
 */
export function shedLoad(server: FastifyInstance, latest: number): void {
  let lateness = 0;
  let expected = performance.now() + INTERVAL;
  const looking = setInterval(() => {
    const now = performance.now();
    const late = Math.min(Math.max(0, now - expected), MOST_AT_ONCE);
    lateness = WEIGHT * late + (1 - WEIGHT) * lateness;
    expected = now + INTERVAL;
  }, INTERVAL).unref();
  server.addHook('onClose', async () => clearInterval(looking));
  server.addHook('onRequest', async (request, reply) => {
    if (lateness <= latest || !isApiCall(request)) return;
    return refuseForNow(request, reply, 503, RETRY_AFTER_OVERLOAD);
  });
}
