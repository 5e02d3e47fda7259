import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { TOP_LEVEL_ERRORS } from '../error-catalogue/top-level-errors';
import { queryTooComplex } from '../errors';
import type { CurrentRequest } from './current-request';
import { MAXIMUM_TOKENS } from './query-limits';
import { blamesValue, toldMessage } from './told-message';

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
 * Passes on the documented codes only; any other error is logged, and answered as INTERNAL without details. Each
 * tells the id of its request, by which the operator finds it in the log.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { id, log }: CurrentRequest,
): GraphQLFormattedError {
  const { extensions, ...told } = toldError(formatted, error, log);
  return { ...told, extensions: { ...extensions, requestId: id } };
}

function toldError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: CurrentRequest['log'],
): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const excess = excessOf(formatted, cause);
  if (excess) {
    const { http: _http, ...extensions } = excess.extensions;
    return { message: excess.message, extensions };
  }
  // Apollo replaces the code of our validation rules by one of its own.
  const ownCode = cause instanceof GraphQLError ? cause.extensions.code : undefined;
  const code = String(ownCode ?? formatted.extensions?.code);
  if (Object.hasOwn(FORESEEN_ERRORS, code)) {
    return { ...formatted, extensions: { ...formatted.extensions, code } };
  }
  const isMistake = CLIENT_MISTAKES.has(code) || (cause instanceof GraphQLError && blamesValue(cause));
  if (isMistake) {
    return { ...formatted, message: toldMessage(formatted.message), extensions: { code: 'BAD_USER_INPUT' } };
  }

  log.error({ err: cause, path: formatted.path }, 'A request failed unexpectedly');
  return {
    message: INTERNAL.messages.unforeseen,
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL' },
  };
}

/** Limits that graphql-js and Apollo hold themselves, as errors of ours. */
function excessOf({ message }: GraphQLFormattedError, cause: unknown): GraphQLError | null {
  const validation = cause instanceof GraphQLError ? cause.extensions.validationErrorCode : undefined;
  if (validation === 'MAX_RECURSIVE_SELECTIONS_EXCEEDED') return queryTooComplex('recursion', null);
  if (message === 'Maximum introspection depth exceeded') return queryTooComplex('introspection', null);
  const isTooLong = message.startsWith('Syntax Error: Document contains more that');
  return isTooLong ? queryTooComplex('tokens', MAXIMUM_TOKENS) : null;
}
