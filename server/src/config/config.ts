import { dirname, resolve } from 'node:path';
import { isIP } from 'node:net';
import type { AreaUrls } from '../access/area-access';
import { readAreaUrls } from './area-config';
import { ConfigurationError } from './configuration-error';
import { checkedSecret, createdSecret } from './secret-file';
import { readMailConfig, type MailConfig } from './mail-config';

export type DatabaseLocation =
  { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'mysql'; readonly url: string };

/** What a new password must be, beyond a lowercase and an uppercase letter. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly refusesCommon: boolean;
  readonly refusesOwnName: boolean;
}

/** Milliseconds. ASVS 7.3. */
export interface SessionLimits {
  /** A session that is not refreshed for so long has ended. */
  readonly idle: number;
  /** No session outlives this, however busy it is. */
  readonly absolute: number;
}

export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly database: DatabaseLocation;
  /** Holds the embedded database, the generated secret and, without SMTP, the mails. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** The origin that people type, without a trailing slash. */
  readonly publicUrl: string;
  /** Where the areas of the product are that other applications serve. */
  readonly areaUrls: AreaUrls;
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** At least 32 bytes; purpose keys are derived from it. */
  readonly secret: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly sessionLimits: SessionLimits;
  readonly mail: MailConfig;
  /** For so long (ms) events of the audit trail are kept; null: for ever. */
  readonly auditRetention: number | null;
  /** Fill an empty database with the demo organization. */
  readonly demo: boolean;
}

/** What the command line needs: not the secret. */
export type CommandConfig = Pick<Config, 'database' | 'publicUrl' | 'passwordPolicy'>;

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_DATABASE_URL = 'sqlite:./data/rolecall.db';
const DEFAULT_PORT = 4000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 6,
  refusesCommon: false,
  refusesOwnName: false,
};
export const DEFAULT_SESSION_LIMITS: SessionLimits = { idle: 30 * MINUTE, absolute: 12 * 60 * MINUTE };

/**
 * Reads and checks the environment; the only reader of it.
 * @throws ConfigurationError
 */
export function readConfig(env: Environment = process.env): Config {
  const problems: string[] = [];
  const environment = readEnvironmentName(env, problems);
  const database = readDatabaseLocation(env.DATABASE_URL || DEFAULT_DATABASE_URL, problems);
  const port = readNumber(env, 'PORT', [0, 65535], DEFAULT_PORT, problems);
  const publicUrl = readPublicUrl(env.PUBLIC_URL || `http://localhost:${port}`, problems);
  const areaUrls = readAreaUrls(env.AREA_URLS, problems);
  const trustedProxies = readTrustedProxies(env.TRUSTED_PROXIES, problems);
  const passwordPolicy = readPasswordPolicy(env, problems);
  const sessionLimits = readSessionLimits(env, problems);
  const mail = readMailConfig(env, problems);
  const auditRetention = readAuditRetention(env, problems);
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
    areaUrls,
    trustedProxies,
    passwordPolicy,
    sessionLimits,
    mail,
    auditRetention,
    secret: env.SECRET ? checkedSecret(env.SECRET) : createdSecret(dataFolder, mayCreateSecret),
    demo: !env.DATABASE_URL && environment === 'development',
  };
}

/** @throws ConfigurationError */
export function readCommandConfig(env: Environment = process.env): CommandConfig {
  const problems: string[] = [];
  const database = readDatabaseLocation(env.DATABASE_URL || DEFAULT_DATABASE_URL, problems);
  const port = readNumber(env, 'PORT', [0, 65535], DEFAULT_PORT, problems);
  const publicUrl = readPublicUrl(env.PUBLIC_URL || `http://localhost:${port}`, problems);
  const passwordPolicy = readPasswordPolicy(env, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { database, publicUrl, passwordPolicy };
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

function readPublicUrl(value: string, problems: string[]): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin;
  problems.push(`PUBLIC_URL must be an address such as https://users.example.com, not "${value}".`);
  return '';
}

function readTrustedProxies(value: string | undefined, problems: string[]): string[] {
  const proxies = (value ?? '')
    .split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  for (const proxy of proxies.filter((proxy) => !isNetwork(proxy))) {
    problems.push(`TRUSTED_PROXIES must name addresses such as 10.0.0.5 or 10.0.0.0/8, not "${proxy}".`);
  }
  return proxies;
}

/** An address, alone or with the length of its network's prefix; never everybody (/0). */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

function readPasswordPolicy(env: Environment, problems: string[]): PasswordPolicy {
  const { minimumLength, refusesCommon, refusesOwnName } = DEFAULT_PASSWORD_POLICY;
  return {
    minimumLength: readNumber(env, 'PASSWORD_MIN_LENGTH', [6, 64], minimumLength, problems),
    refusesCommon: readSwitch(env, 'PASSWORD_REFUSE_COMMON', refusesCommon, problems),
    refusesOwnName: readSwitch(env, 'PASSWORD_REFUSE_OWN_NAME', refusesOwnName, problems),
  };
}

/** An idle limit near the ten minutes of an access token would end sessions that are in use. */
function readSessionLimits(env: Environment, problems: string[]): SessionLimits {
  const { idle, absolute } = DEFAULT_SESSION_LIMITS;
  const minutes = readNumber(env, 'SESSION_IDLE_MINUTES', [15, 1440], idle / MINUTE, problems);
  const hours = readNumber(env, 'SESSION_ABSOLUTE_HOURS', [1, 720], absolute / (60 * MINUTE), problems);
  return { idle: minutes * MINUTE, absolute: hours * 60 * MINUTE };
}

/** There is no number of days that would stand for "for ever". */
function readAuditRetention(env: Environment, problems: string[]): number | null {
  if (!env.AUDIT_RETENTION_DAYS) return null;
  return readNumber(env, 'AUDIT_RETENTION_DAYS', [1, 36_500], 1, problems) * DAY;
}

function readNumber(
  env: Environment,
  name: string,
  [least, most]: readonly [number, number],
  otherwise: number,
  problems: string[],
): number {
  const value = env[name];
  if (!value) return otherwise;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  problems.push(`${name} must be a number from ${least} to ${most}, not "${value}".`);
  return otherwise;
}

function readSwitch(env: Environment, name: string, otherwise: boolean, problems: string[]): boolean {
  const value = env[name];
  if (!value) return otherwise;
  if (value === 'true' || value === 'false') return value === 'true';
  problems.push(`${name} must be true or false, not "${value}".`);
  return otherwise;
}
