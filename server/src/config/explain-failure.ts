import { ConfigurationError } from './configuration-error';
import { isOverloaded, UserErrors } from '../errors';

/** A command that cannot be carried out, explained to the operator in one sentence. */
export class OperatorError extends Error {}

interface SystemError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
}

const DATABASE_CODES =
  /^(ER_|SQLITE|PROTOCOL_|HANDSHAKE_|AUTH_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|EACCES|EROFS|EPERM|ENOTDIR|EISDIR)/;

const BUSY_DATABASE =
  'The database of DATABASE_URL is too busy: it gave no connection, or no turn to write, in time.';

/** One line for a failure that an operator can fix; a stack trace for any other. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.problems.join(' ');
  if (error instanceof OperatorError) return error.message;
  if (error instanceof UserErrors) return error.errors.map(({ message }) => message).join(' ');
  if (isOverloaded(error)) return BUSY_DATABASE;
  const { code = '', message, address, port, stack } = error as SystemError;
  if (code === 'EADDRINUSE') return `${address}:${port} is in use; set PORT to another one.`;
  if (code === 'EACCES' && port) return `It may not listen on ${address}:${port}; set PORT to another one.`;
  // libsql has no code for a file that it cannot open.
  if (DATABASE_CODES.test(code) || message.startsWith('ConnectionFailed')) {
    return `The database of DATABASE_URL cannot be opened: ${message || code}.`;
  }
  return stack ?? String(error);
}
