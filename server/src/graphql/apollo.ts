import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import { TOP_LEVEL_ERRORS } from '../error-catalogue/top-level-errors';
import type { RequestContext } from '../request/request-context';
import { redactValues } from './redaction';
import { queryLimits } from './query-limits';
import { servedOperations } from './served-operations';

/** Enough for the introspection query and every page of the client, too few to overload the parser. */
const MAXIMUM_TOKENS = 2000;

export function createApollo(schema: GraphQLSchema, log: FastifyBaseLogger): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    // Allowed to everyone, because the API is documented and every field checks access itself.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Off, because anyone could fill its store, and documents are limited in size anyway.
    persistedQueries: false,
    parseOptions: { maxTokens: MAXIMUM_TOKENS },
    maxRecursiveSelections: true,
    validationRules: [queryLimits, servedOperations],
    includeStacktraceInErrorResponses: false,
    // Apollo would refuse the requests under way at a shutdown. It holds no resources, so it needs no stop.
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => formatError(formatted, error, log),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
}

const CLIENT_MISTAKES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
const { INTERNAL, ...FORESEEN_ERRORS } = TOP_LEVEL_ERRORS;

/**
 * Whether graphql-js refused the request before any field: Apollo knows some of these errors by their words only, and
 * not the one that ends a list of more than fifty wrong variables. Those of fields have a path or are of other classes.
 */
function isOfTheRequest(cause: unknown): boolean {
  return cause instanceof GraphQLError && cause.path === undefined && cause.extensions.code === undefined;
}

/** Passes on the documented codes only; any other error is logged, and answered as INTERNAL without details. */
function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: FastifyBaseLogger,
): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  // Apollo replaces the code of our validation rules by one of its own.
  const ownCode = cause instanceof GraphQLError ? cause.extensions.code : undefined;
  const code = String(ownCode ?? formatted.extensions?.code);
  const told = { ...formatted, message: redactValues(formatted.message) };
  if (Object.hasOwn(FORESEEN_ERRORS, code)) return { ...told, extensions: { ...formatted.extensions, code } };
  if (CLIENT_MISTAKES.has(code) || isOfTheRequest(cause))
    return { ...told, extensions: { code: 'BAD_USER_INPUT' } };

  log.error({ err: cause, path: formatted.path }, 'A request failed unexpectedly');
  return {
    message: INTERNAL.messages.unforeseen,
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL' },
  };
}
