import type { FastifyInstance } from 'fastify';

/**
 * Serves the schema definition language at /schema.graphql, for code generators and reviews: unlike
 * introspection it shows which permission each field needs.
 * @param print runs once, at the first request
 */
export function registerSchemaRoute(server: FastifyInstance, print: () => string): void {
  let printed: string | null = null;
  server.get('/schema.graphql', (_request, reply) => {
    printed ??= print();
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(printed);
  });
}
