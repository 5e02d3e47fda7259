import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database';
import { checkReadiness } from '../database/readiness';

/** For orchestrators: whether the process runs, and whether it can do its work. */
export function registerHealth(server: FastifyInstance, database: Database): void {
  server.get('/health/live', () => ({ status: 'ok' }));
  server.get('/health/ready', async (request, reply) => {
    try {
      await checkReadiness(database);
      return { status: 'ok' };
    } catch (error) {
      request.log.warn({ err: error }, 'The database does not answer');
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
}
