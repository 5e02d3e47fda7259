import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { API_PATH } from '../http/api-route';
import type { RequestContext } from '../request/request-context';
import { createContext, type Services } from './context';
import { within } from './current-request';
import type { SignInShedding } from './sign-in-shedding';

interface Served {
  /** Must have been started. */
  readonly apollo: ApolloServer<RequestContext>;
  readonly services: Services;
  /** Looks at each request first. */
  readonly preHandler: SignInShedding['preHandler'];
}

export function serveGraphql(server: FastifyInstance, { apollo, services, preHandler }: Served): void {
  const handle = fastifyApolloHandler(apollo, {
    context: (request, reply) => createContext(services, request, reply),
  });
  server.route({
    method: ['GET', 'POST'],
    url: API_PATH,
    exposeHeadRoute: false,
    preHandler,
    handler: (request, reply) => within(request, () => handle.call(server, request, reply)),
  });
}
