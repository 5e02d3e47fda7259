import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error';
import { parsedBy } from './variable-kinds';

const MINIMUM_SECRET_BYTES = 32;

/** Random letters of any alphabet have more, and hardly any three of them twice. */
const FEWEST_LETTERS = 8;
const FEWEST_NEW_TRIPLES = 0.75;
const MOST_STEPS_BY_ONE = 0.6;

const MUST_BE_RANDOM = 'must be random, such as what "openssl rand -hex 32" prints.';

/** What is wrong is not repeated: a secret of 31 bytes is one, too. */
export const secret = parsedBy(
  (text) => (isLongEnough(text) && !isPredictable(text) ? text : null),
  (text) => (isLongEnough(text) ? MUST_BE_RANDOM : `must have at least ${MINIMUM_SECRET_BYTES} bytes.`),
);

export const SECRET_IS_REQUIRED = `SECRET is required in production and with MySQL: ${MINIMUM_SECRET_BYTES} random bytes or more, the same on every instance.`;

/**
 * The secret of the data folder, made there at the first start.
 * @throws ConfigurationError when the folder is not writable or the file holds something else
 */
export function secretOf(dataFolder: string): string {
  const file = join(dataFolder, 'secret');
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) writeSecret(file);
    const stored = readFileSync(file, 'utf8').trim();
    if (isLongEnough(stored) && !isPredictable(stored)) return stored;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`The data folder ${dataFolder} is not writable (${code}).`]);
  }
  throw new ConfigurationError([
    `The file ${file} must hold a secret of at least ${MINIMUM_SECRET_BYTES} random bytes.`,
  ]);
}

function isLongEnough(text: string): boolean {
  return Buffer.byteLength(text) >= MINIMUM_SECRET_BYTES;
}

/** Whether a text is of few letters, repeats itself or counts up or down: somebody made it up. */
function isPredictable(text: string): boolean {
  const letters = [...text];
  const triples = letters.slice(2).map((letter, index) => `${letters[index]}${letters[index + 1]}${letter}`);
  const steps = letters
    .slice(1)
    .map((letter, index) => letter.codePointAt(0)! - letters[index]!.codePointAt(0)!);
  return (
    new Set(letters).size < FEWEST_LETTERS ||
    new Set(triples).size < FEWEST_NEW_TRIPLES * triples.length ||
    steps.filter((step) => Math.abs(step) <= 1).length > MOST_STEPS_BY_ONE * steps.length
  );
}

function writeSecret(file: string): void {
  try {
    // "wx": of two processes that start at once, one creates it and the other reads it.
    writeFileSync(file, randomBytes(MINIMUM_SECRET_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
