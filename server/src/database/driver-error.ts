import { QueryFailedError } from 'typeorm';

/** The code by which the driver names a failure, for example ER_DUP_ENTRY; empty for any other error. */
export function driverErrorCode(error: unknown): string {
  // A deadlock at COMMIT reaches us from the driver itself, not wrapped by TypeORM.
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/**
 * Whether an INSERT or UPDATE broke the unique index of this name (or, on SQLite, of this last column). Both stand at
 * the end of the message; ahead of it MySQL repeats values, which may say anything.
 */
export function violatesUnique(error: unknown, index: string, column: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const code = driverErrorCode(error);
  if (code !== 'ER_DUP_ENTRY' && !code.startsWith('SQLITE_CONSTRAINT')) return false;
  return [`'${index}'`, `.${index}'`, column].some((end) => error.message.endsWith(end));
}
