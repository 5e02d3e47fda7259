import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const REQUEST_ID_HEADER = 'x-request-id';

/** Letters, digits and what others join them with; nothing that could become markup or a line of its own. */
const SANE = /^[\w.-]{1,128}$/;

/** The id that the client or a proxy gave the request, so that their logs and ours can be joined, or else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}

export function putRequestId({ id }: FastifyRequest, reply: FastifyReply): void {
  reply.header(REQUEST_ID_HEADER, id);
}

/** Tells the id in every answer. To be called before whatever answers. */
export function registerRequestId(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => putRequestId(request, reply));
}
