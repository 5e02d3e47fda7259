import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';

/** What errors tell of the request that they end, to its client and to the log. */
export type CurrentRequest = Pick<FastifyRequest, 'id' | 'log'>;

/** Beside the context, because Apollo hands that to nothing that formats errors, and some come before there is one. */
const current = new AsyncLocalStorage<CurrentRequest>();

/** @returns what `work` returns, in which `currentRequest` is this one */
export function within<Result>(request: CurrentRequest, work: () => Result): Result {
  return current.run(request, work);
}

export function currentRequest(): CurrentRequest {
  const request = current.getStore();
  if (!request) throw new Error('There is no request under way.');
  return request;
}
