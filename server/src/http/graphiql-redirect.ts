import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { isApiCall } from './api-route';
import { vary } from './vary';

/** What the API answers with, and after it what only people at a browser want. The first is taken by who takes all. */
const TYPES = ['application/graphql-response+json', 'application/json', 'text/html'];

/** Leads people who open the address of the API in a browser to GraphiQL; programs ask for JSON, or for anything. */
export function leadToGraphiql(server: FastifyInstance): void {
  server.addHook<{ Querystring: { readonly query?: unknown } }>('onRequest', async (request, reply) => {
    if (!isApiCall(request)) return;
    vary(reply, 'Accept');
    if (request.method !== 'GET' || request.query.query !== undefined) return;
    if (new Negotiator(request.raw).mediaType(TYPES) !== 'text/html') return;
    return reply.redirect('/graphiql', 303);
  });
}
