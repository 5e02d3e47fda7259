import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../request/request-context';
import { currentRequest } from './current-request';
import { formatError } from './format-error';
import { operationLimits } from './operation-limits';
import { MAXIMUM_TOKENS, queryLimits } from './query-limits';
import { servedOperations } from './served-operations';

/** @param queryCostLimit how much one operation may cost, see query-cost.ts */
export function createApollo(
  schema: GraphQLSchema,
  queryCostLimit: number,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    // Allowed to everyone, because the API is documented and every field checks access itself.
    introspection: true,
    // What no form and no image of another site can send. A GET that only reads may as well come with a token, which
    // scripts of other sites cannot add unasked; even a password that a browser adds by itself would read nothing.
    csrfPrevention: {
      requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'],
    },
    allowBatchedHttpRequests: false,
    // Off, because anyone could fill its store, and documents are limited in size anyway.
    persistedQueries: false,
    parseOptions: { maxTokens: MAXIMUM_TOKENS },
    maxRecursiveSelections: true,
    validationRules: [queryLimits, servedOperations],
    includeStacktraceInErrorResponses: false,
    // Apollo would refuse the requests under way at a shutdown. It holds no resources, so it needs no stop.
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => formatError(formatted, error, currentRequest()),
    plugins: [
      operationLimits(queryCostLimit),
      ...plugins,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}
