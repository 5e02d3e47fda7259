import type { FastifyRequest } from 'fastify';

export const API_PATH = '/graphql';

/** Whether a request came to the API, however its path is written, with a method that the API takes. */
export function isApiCall({ routeOptions, method }: FastifyRequest): boolean {
  return routeOptions.url === API_PATH && method !== 'OPTIONS';
}
