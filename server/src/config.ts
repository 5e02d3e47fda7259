import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';

export type DatabaseLocation =
  { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'mysql'; readonly url: string };

export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly database: DatabaseLocation;
  /** Holds the embedded database, the generated secret and, without SMTP, the mails. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** The origin that people type, without a trailing slash. */
  readonly publicUrl: string;
  /** At least 32 bytes; purpose keys are derived from it. */
  readonly secret: string;
  /** Fill an empty database with the demo organization. */
  readonly demo: boolean;
}

/** Names every problem of the environment at once. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_DATABASE_URL = 'sqlite:./data/rolecall.db';
const MINIMUM_SECRET_BYTES = 32;

/**
 * Reads and checks the environment; the only reader of it.
 * @throws ConfigurationError
 */
export function readConfig(env: Environment = process.env): Config {
  const problems: string[] = [];
  const environment = readEnvironmentName(env, problems);
  const database = readDatabaseLocation(env.DATABASE_URL || DEFAULT_DATABASE_URL, problems);
  const port = readPort(env.PORT, problems);
  const publicUrl = readPublicUrl(env.PUBLIC_URL || `http://localhost:${port}`, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);

  const dataFolder = database.engine === 'sqlite' ? dirname(database.file) : resolve('data');
  const mayCreateSecret = database.engine === 'sqlite' && environment !== 'production';
  return {
    environment,
    database,
    dataFolder,
    host: env.HOST || '127.0.0.1',
    port,
    publicUrl,
    secret: env.SECRET ? checkedSecret(env.SECRET) : createdSecret(dataFolder, mayCreateSecret),
    demo: !env.DATABASE_URL && environment === 'development',
  };
}

/**
 * The database alone, for the command line, which needs no secret.
 * @throws ConfigurationError
 */
export function readDatabaseConfig(env: Environment = process.env): DatabaseLocation {
  const problems: string[] = [];
  const location = readDatabaseLocation(env.DATABASE_URL || DEFAULT_DATABASE_URL, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return location;
}

function readEnvironmentName(env: Environment, problems: string[]): Config['environment'] {
  const name = env.NODE_ENV || 'development';
  if (name === 'development' || name === 'production' || name === 'test') return name;
  problems.push(`NODE_ENV must be development, production or test, not "${name}".`);
  return 'development';
}

/** A malformed URL becomes a problem that does not repeat its password. */
function readDatabaseLocation(url: string, problems: string[]): DatabaseLocation {
  const sqlite = /^sqlite:(.+)$/.exec(url);
  if (sqlite?.[1]) return { engine: 'sqlite', file: resolve(sqlite[1].replace(/^\/\/(?=[./])/, '')) };

  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && /^(mysql|mariadb):$/.test(parsed.protocol) && parsed.hostname && parsed.pathname.length > 1) {
    return { engine: 'mysql', url };
  }
  problems.push(
    'DATABASE_URL must look like sqlite:./data/rolecall.db or mysql://user:password@host:3306/database.',
  );
  return { engine: 'sqlite', file: '' };
}

function readPort(value: string | undefined, problems: string[]): number {
  if (!value) return 4000;
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65535) return port;
  problems.push(`PORT must be a number from 0 to 65535, not "${value}".`);
  return 4000;
}

function readPublicUrl(value: string, problems: string[]): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin;
  problems.push(`PUBLIC_URL must be an address such as https://users.example.com, not "${value}".`);
  return '';
}

function checkedSecret(secret: string): string {
  if (Buffer.byteLength(secret) >= MINIMUM_SECRET_BYTES) return secret;
  throw new ConfigurationError([`SECRET must have at least ${MINIMUM_SECRET_BYTES} bytes.`]);
}

function createdSecret(dataFolder: string, mayCreate: boolean): string {
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
