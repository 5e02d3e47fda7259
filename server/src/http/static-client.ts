import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic, { type SetHeadersResponse } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The paths of the admin page, which all serve the same file; its router shows the page of the path. */
const PAGES = ['/', '/sign-in', '/reset-password', '/admin', '/admin/*', '/account'];

const COMMON = {
  index: false,
  wildcard: true,
  // The build writes a file with brotli and one with gzip beside each.
  preCompressed: true,
  // Set here, because the plugin does not: a cache must not give one encoding to a client of another.
  setHeaders: (response: SetHeadersResponse) => void response.setHeader('Vary', 'Accept-Encoding'),
} as const;

/** Serves the built client, when it has been built. */
export async function registerStaticClient(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  // Assets have a hash of their content in their names; everything else must always be current.
  await server.register(fastifyStatic, {
    ...COMMON,
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    decorateReply: false,
  });
  await server.register(fastifyStatic, { ...COMMON, root: folder, maxAge: 0 });
  const send = (file: string) => (_request: unknown, reply: FastifyReply) => reply.sendFile(file);
  for (const page of PAGES) server.get(page, send('index.html'));
  server.get('/graphiql', send('graphiql/index.html'));
}
