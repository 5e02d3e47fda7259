import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import { TOP_LEVEL_ERRORS } from '../error-catalogue/top-level-errors';
import type { RequestContext } from '../request/request-context';
import { hideValues } from './redaction';
import { queryLimits } from './query-limits';
import { servedOperations } from './served-operations';

/** Enough for the introspection query and any page of ours, too few to keep the parser busy. */
const MAXIMUM_TOKENS = 2000;

export function createApollo(schema: GraphQLSchema, log: FastifyBaseLogger): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    // Third parties explore the API; every field guards itself.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // A store that anybody may fill, for documents that are small anyway.
    persistedQueries: false,
    parseOptions: { maxTokens: MAXIMUM_TOKENS },
    maxRecursiveSelections: true,
    validationRules: [queryLimits, servedOperations],
    includeStacktraceInErrorResponses: false,
    // It would refuse the requests that are still to be answered. It holds nothing, so it is never stopped.
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

/** Only our own codes and sentences reach a client; anything unforeseen is INTERNAL and logged. */
function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: FastifyBaseLogger,
): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  // Apollo puts a code of its own over the one of a validation rule of ours.
  const ownCode = cause instanceof GraphQLError ? cause.extensions.code : undefined;
  const code = String(ownCode ?? formatted.extensions?.code);
  const told = { ...formatted, message: hideValues(formatted.message) };
  if (Object.hasOwn(FORESEEN_ERRORS, code)) return { ...told, extensions: { ...formatted.extensions, code } };
  if (CLIENT_MISTAKES.has(code)) return { ...told, extensions: { code: 'BAD_USER_INPUT' } };

  log.error({ err: cause, path: formatted.path }, 'A request failed unexpectedly');
  return {
    message: INTERNAL.messages.unforeseen,
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL' },
  };
}
