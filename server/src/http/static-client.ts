import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The paths of the admin page, which all serve the same file; its router shows the page of the path. */
const PAGES = ['/', '/sign-in', '/reset-password', '/admin', '/admin/*', '/account'];

/** Serves the built client, when it has been built. */
export async function registerStaticClient(server: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'));
  // Also without a client: the handler of Fastify logs the whole address, with what its query string holds.
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    // The client shows its own page for an unknown path.
    if (isBuilt && isPage) return reply.code(404).sendFile('index.html');
    return reply.code(404).send({ message: 'There is nothing at this address.' });
  });
  if (!isBuilt) return;
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: true,
    setHeaders: (response, path) => {
      // Assets have a hash of their content in their names; pages must always be current.
      const isHashed = path.startsWith(join(folder, 'assets'));
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const send = (file: string) => (_request: unknown, reply: FastifyReply) => reply.sendFile(file);
  for (const page of PAGES) server.get(page, send('index.html'));
  server.get('/graphiql', send('graphiql/index.html'));
}
