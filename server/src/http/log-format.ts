import { types } from 'node:util';
import type { FastifyServerOptions } from 'fastify';

/** What the log tells of an error. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack: string;
  readonly causes?: readonly LoggedError[];
}

/** So many errors behind one are told, and so many levels deep. */
const MOST_CAUSES = 5;
const DEEPEST = 3;

/** `code` is a word or a number where drivers and Node set it. */
const CODE = /^[A-Z][A-Z0-9_]*$/;
const FRAME = /^ {4}at /;

/**
 * What of an error may be told: nothing but its type, code, message and where it was thrown. A driver hangs the whole
 * statement and its values on its errors, hashes and seeds among them, and repeats values in quotes in its messages; a
 * parser quotes what it could not read. ASVS 16.2.5.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!isError(error)) return { type: typeof error, message: '', stack: '' };
  const { name, message, stack = '', code, cause, errors } = error as ErrorLike;
  const isCode = typeof code === 'number' || (typeof code === 'string' && CODE.test(code));
  const behind = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].filter(isError);
  const causes =
    depth < DEEPEST ? behind.slice(0, MOST_CAUSES).map((each) => loggedError(each, depth + 1)) : [];
  return {
    type: error.constructor.name || name,
    message: withoutQuotes(message),
    ...(isCode ? { code } : {}),
    stack: framesOf(stack, message),
    ...(causes.length > 0 ? { causes } : {}),
  };
}

interface ErrorLike extends Error {
  readonly code?: unknown;
  readonly errors?: unknown;
}

/** Also of another realm, such as those that native modules throw. */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

/** Up to the first value, which is quoted by whatever may be in it. */
function withoutQuotes(message: string): string {
  const quote = message.search(/['"`]/);
  return quote < 0 ? message : `${message.slice(0, quote).trimEnd()} …`;
}

/** Without the message, which stands before them, and may have lines that look like them. */
function framesOf(stack: string, message: string): string {
  const at = stack.indexOf(message);
  const behind = at < 0 ? stack : stack.slice(at + message.length);
  return behind
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n');
}

/** How the log is written: of errors what is harmless, of requests no query string, which may hold anything. */
export const LOG_FORMAT = {
  formatters: {
    // Whatever name an error has among the details.
    log: (details) =>
      Object.fromEntries(
        Object.entries(details).map(([name, value]) => [name, isError(value) ? loggedError(value) : value]),
      ),
  },
  serializers: {
    // In place of the one of pino, which would take what is told of an error for an error of another kind.
    err: (told: unknown) => ({ ...(told as LoggedError) }),
    req: ({ method, url, ip }) => ({ method, url: url.split('?', 1)[0]!, remoteAddress: ip }),
  },
} satisfies Exclude<FastifyServerOptions['logger'], boolean | undefined>;
