import type { FastifyReply } from 'fastify';

/** Tells caches that the answer depends on this header of the request, beside those that it depends on already. */
export function vary(reply: FastifyReply, header: string): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others === undefined ? header : `${String(others)}, ${header}`);
}
