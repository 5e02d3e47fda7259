import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error';

const MINIMUM_SECRET_BYTES = 32;

/** @throws ConfigurationError when it is too short */
export function checkedSecret(secret: string): string {
  if (Buffer.byteLength(secret) >= MINIMUM_SECRET_BYTES) return secret;
  throw new ConfigurationError([`SECRET must have at least ${MINIMUM_SECRET_BYTES} bytes.`]);
}

/**
 * The secret of the data folder, made there at the first start.
 * @throws ConfigurationError where it may not be made or the folder is not writable
 */
export function createdSecret(dataFolder: string, mayCreate: boolean): string {
  if (!mayCreate) {
    throw new ConfigurationError([
      `SECRET is required in production and with MySQL: ${MINIMUM_SECRET_BYTES} random bytes or more, the same on every instance.`,
    ]);
  }
  const file = join(dataFolder, 'secret');
  try {
    mkdirSync(dataFolder, { recursive: true });
    if (!existsSync(file)) writeSecret(file);
    return checkedSecret(readFileSync(file, 'utf8').trim());
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`The data folder ${dataFolder} is not writable (${code}).`]);
  }
}

function writeSecret(file: string): void {
  try {
    // "wx": of two processes that start at once, one creates it and the other reads it.
    const secret = randomBytes(MINIMUM_SECRET_BYTES).toString('base64url');
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
