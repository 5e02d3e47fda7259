import { ConfigurationError } from './configuration-error';
import { UserErrors } from '../errors';

/** A command that cannot be carried out, explained to the operator in one sentence. */
export class OperatorError extends Error {}

interface SystemError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
}

const DATABASE_CODES =
  /^(ER_|SQLITE|PROTOCOL_|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|EACCES|EROFS|EPERM|ENOTDIR|EISDIR)/;

/** One line for a failure that an operator can fix; a stack trace for any other. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.problems.join(' ');
  if (error instanceof OperatorError) return error.message;
  if (error instanceof UserErrors) return error.errors.map(({ message }) => message).join(' ');
  const { code = '', message, address, port, stack } = error as SystemError;
  if (code === 'EADDRINUSE') return `${address}:${port} is in use; set PORT to another one.`;
  if (code === 'EACCES' && port) return `It may not listen on ${address}:${port}; set PORT to another one.`;
  // libsql has no code for a file that it cannot open.
  if (DATABASE_CODES.test(code) || message.startsWith('ConnectionFailed')) {
    return `The database of DATABASE_URL cannot be opened: ${message || code}.`;
  }
  return stack ?? String(error);
}
