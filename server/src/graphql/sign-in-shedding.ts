import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { BoundedQueue } from '../background/bounded-queue';
import { RETRY_AFTER_OVERLOAD } from '../errors';
import { refuseForNow } from '../http/error-answers';
import type { RequestContext } from '../request/request-context';

/** Clients send the same few documents again and again; more are not remembered, nor longer ones. */
const MOST_DOCUMENTS = 100;
const LONGEST_DOCUMENT = 4000;

const SIGN_IN = 'signIn';

interface GraphQLRequestBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
}

export interface SignInShedding {
  /** Notes which documents sign in. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** Answers 503 to these while no more passwords can be hashed. */
  readonly preHandler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

/**
 * Refuses the sign-ins of a flood before GraphQL does anything for them. They would be refused there too, but at
 * several times the cost, which the sign-ins that have a place in the queue would pay (ASVS 2.4.1).
 */
export function createSignInShedding(hashing: BoundedQueue): SignInShedding {
  const known = new Set<string>();

  function remember(key: string): void {
    const [oldest] = known;
    if (known.size === MOST_DOCUMENTS && oldest !== undefined) known.delete(oldest);
    known.add(key);
  }

  return {
    plugin: {
      requestDidStart: async () => ({
        async didResolveOperation({ request, operation }) {
          if (operation?.operation !== OperationTypeNode.MUTATION) return;
          // A directive may leave the field out, depending on the variables.
          const signsIn = operation.selectionSet.selections.some(
            (field) => 'name' in field && field.name.value === SIGN_IN && field.directives?.length === 0,
          );
          const key = keyOf(request);
          if (signsIn && key !== null && !known.has(key)) remember(key);
        },
      }),
    },
    preHandler: async (request, reply) => {
      if (!hashing.isFull) return;
      const key = keyOf(request.body ?? {});
      if (key === null || !known.has(key)) return;
      return refuseForNow(request, reply, 503, RETRY_AFTER_OVERLOAD);
    },
  };
}

function keyOf({ query, operationName }: GraphQLRequestBody): string | null {
  if (typeof query !== 'string' || query.length > LONGEST_DOCUMENT) return null;
  const name = typeof operationName === 'string' ? operationName.slice(0, LONGEST_DOCUMENT) : '';
  return `${name}:${query}`;
}
