import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

interface ErrorBody {
  errors?: { message: string; extensions?: { code?: unknown } }[];
}

/** The stable code of a top-level error, or null when no answer of the API came back. */
export function failureCode(error: unknown): string | null {
  if (CombinedGraphQLErrors.is(error)) return codeIn({ errors: [...error.errors] });
  if (ServerError.is(error)) return codeIn(parseBody(error.bodyText));
  return null;
}

/** One sentence for people: the API's message where it helps, one of the page's where it does not. */
export function describeFailure(error: unknown): string {
  const code = failureCode(error);
  if (code === 'FORBIDDEN') return 'You do not have the permission for this.';
  if (code === 'UNAUTHENTICATED') return 'Your session has ended. Please sign in again.';
  if (code === 'INTERNAL' || (code === null && ServerError.is(error))) {
    return 'Something went wrong on the server. Please try again.';
  }
  if (code !== null && CombinedGraphQLErrors.is(error)) return error.errors[0]?.message ?? error.message;
  // The service refused the whole request, for example because it is overloaded.
  if (code !== null && ServerError.is(error))
    return parseBody(error.bodyText).errors?.[0]?.message ?? error.message;
  return 'The server cannot be reached. Check your connection and try again.';
}

function codeIn(body: ErrorBody): string | null {
  const code = body.errors?.[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}

function parseBody(text: string): ErrorBody {
  try {
    return JSON.parse(text) as ErrorBody;
  } catch {
    return {};
  }
}
