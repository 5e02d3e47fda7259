import type { FastifyInstance } from 'fastify';

/**
 * Once the server is closing, a connection ends with the answer that is under way. Kept alive, it
 * would hold up the stop until the client lets go of it.
 */
export function endConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}
