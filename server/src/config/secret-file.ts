import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error';
import { parsedBy } from './variable-kinds';

const MINIMUM_SECRET_BYTES = 32;

/** What is wrong is not repeated: a secret of 31 bytes is one, too. */
export const secret = parsedBy(
  (text) => (isLongEnough(text) ? text : null),
  () => `must have at least ${MINIMUM_SECRET_BYTES} bytes.`,
);

export const SECRET_IS_REQUIRED = `SECRET is required in production and with MySQL: ${MINIMUM_SECRET_BYTES} random bytes or more, the same on every instance.`;

/**
 * The secret of the data folder, made there at the first start.
 * @throws ConfigurationError when the folder is not writable or the file holds something else
 */
export function secretOf(dataFolder: string): string {
  const file = join(dataFolder, 'secret');
  try {
    mkdirSync(dataFolder, { recursive: true });
    if (!existsSync(file)) writeSecret(file);
    const stored = readFileSync(file, 'utf8').trim();
    if (isLongEnough(stored)) return stored;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`The data folder ${dataFolder} is not writable (${code}).`]);
  }
  throw new ConfigurationError([
    `The file ${file} must hold a secret of at least ${MINIMUM_SECRET_BYTES} bytes.`,
  ]);
}

function isLongEnough(text: string): boolean {
  return Buffer.byteLength(text) >= MINIMUM_SECRET_BYTES;
}

function writeSecret(file: string): void {
  try {
    // "wx": of two processes that start at once, one creates it and the other reads it.
    writeFileSync(file, randomBytes(MINIMUM_SECRET_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
