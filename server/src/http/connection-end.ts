import type { FastifyInstance } from 'fastify';

/**
 * Closes every connection after its current answer once the server is closing. A keep-alive connection
 * would otherwise delay the shutdown until the client closes it.
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
