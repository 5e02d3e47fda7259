import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import type { AreaUrls } from '../access/area-access';
import { databaseUrl, type DatabaseLocation } from './database-url';
import {
  COMMAND_VARIABLES,
  readVariables,
  VARIABLES,
  type Environment,
  type LOG_LEVELS,
} from './environment';
import { MAIL_TO_FILES, type MailConfig } from './mail-config';
import { SECRET_IS_REQUIRED, secretOf } from './secret-file';

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
  /** Every session ends after this time, even when it is in use. */
  readonly absolute: number;
}

/** How many requests of a kind one address may make in a minute; a minute's worth at once. */
export interface AddressLimits {
  readonly signIn: number;
  /** Links for a new password. */
  readonly passwordReset: number;
  /** Invitations, and whatever else tells whether a username is taken. */
  readonly invitation: number;
}

/** How much may be asked for in a minute, in points of cost; Infinity: without limit. */
export interface RateLimits {
  /** By each session. */
  readonly session: number;
  /** From each address, by those who are not signed in. */
  readonly anonymous: number;
}

/** For so long (ms) what has ended is kept. */
export interface Retention {
  readonly sessions: number;
  readonly links: number;
  readonly mails: number;
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
  /** The origins of pages elsewhere whose scripts may call the API. */
  readonly allowedOrigins: readonly string[];
  /** At least 32 bytes; purpose keys are derived from it. */
  readonly secret: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly sessionLimits: SessionLimits;
  readonly addressLimits: AddressLimits;
  readonly rateLimits: RateLimits;
  /** So many passwords are hashed at once; null: as many as fit the processor. */
  readonly hashesAtOnce: number | null;
  /** How much one operation may cost, see graphql/query-cost.ts. */
  readonly queryCostLimit: number;
  readonly mail: MailConfig;
  readonly retention: Retention;
  /** For so long (ms) events of the audit log are kept; null: for ever. */
  readonly auditRetention: number | null;
  /** The least severe messages that are logged. */
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Fill an empty database with the demo organization. */
  readonly demo: boolean;
}

/** What the command line needs: not the secret. */
export type CommandConfig = Pick<Config, 'database' | 'publicUrl' | 'passwordPolicy'>;

type Variables = z.output<typeof VARIABLES>;
type CommandVariables = z.output<typeof COMMAND_VARIABLES>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DEFAULTS = VARIABLES.parse({});

export const DEFAULT_PASSWORD_POLICY = passwordPolicyOf(DEFAULTS);
export const DEFAULT_SESSION_LIMITS = sessionLimitsOf(DEFAULTS);
export const DEFAULT_RETENTION = retentionOf(DEFAULTS);
export const DEFAULT_ADDRESS_LIMITS = addressLimitsOf(DEFAULTS);

/**
 * Reads and checks the environment; the only reader of it.
 * @throws ConfigurationError
 */
export function readConfig(environment: Environment = process.env): Config {
  const variables = readVariables(VARIABLES, environment, missingBeside);
  const { NODE_ENV, DATABASE_URL, SMTP_URL, MAIL_FROM, AUDIT_RETENTION_DAYS, SECRET } = variables;
  const { database, publicUrl, passwordPolicy } = commandConfigOf(variables);
  const dataFolder = database.engine === 'sqlite' ? dirname(database.file) : resolve('data');
  return {
    environment: NODE_ENV,
    database,
    dataFolder,
    host: variables.HOST,
    port: variables.PORT,
    publicUrl,
    areaUrls: variables.AREA_URLS,
    trustedProxies: variables.TRUSTED_PROXIES,
    allowedOrigins: variables.ALLOWED_ORIGINS,
    passwordPolicy,
    sessionLimits: sessionLimitsOf(variables),
    addressLimits: addressLimitsOf(variables),
    rateLimits: { session: variables.RATE_LIMIT, anonymous: variables.RATE_LIMIT_ANONYMOUS },
    retention: retentionOf(variables),
    hashesAtOnce: variables.PASSWORD_HASHES_AT_ONCE ?? null,
    queryCostLimit: variables.QUERY_COST_LIMIT,
    mail: { smtp: SMTP_URL ?? null, from: MAIL_FROM ?? MAIL_TO_FILES.from },
    auditRetention: AUDIT_RETENTION_DAYS ? AUDIT_RETENTION_DAYS * DAY : null,
    logLevel: variables.LOG_LEVEL ?? (NODE_ENV === 'test' ? 'fatal' : 'warn'),
    secret: SECRET ?? secretOf(dataFolder),
    demo: !DATABASE_URL && NODE_ENV === 'development',
  };
}

/** @throws ConfigurationError */
export function readCommandConfig(environment: Environment = process.env): CommandConfig {
  return commandConfigOf(readVariables(COMMAND_VARIABLES, environment));
}

/** Judged by what was written, so that it is told beside what else is wrong. */
function missingBeside({ NODE_ENV, DATABASE_URL, SECRET, SMTP_URL, MAIL_FROM }: Environment): string[] {
  const problems: string[] = [];
  const { data: database } = databaseUrl.safeParse(DATABASE_URL);
  if (!SECRET && (NODE_ENV === 'production' || database?.engine === 'mysql'))
    problems.push(SECRET_IS_REQUIRED);
  if (SMTP_URL && !MAIL_FROM) problems.push('MAIL_FROM is required with SMTP_URL: the sender of all mails.');
  return problems;
}

function commandConfigOf(variables: CommandVariables): CommandConfig {
  const { PORT, PUBLIC_URL } = variables;
  return {
    database: databaseOf(variables),
    publicUrl: PUBLIC_URL ?? new URL(`http://localhost:${PORT}`).origin,
    passwordPolicy: passwordPolicyOf(variables),
  };
}

function databaseOf({ DATABASE_URL, DATABASE_POOL_SIZE }: CommandVariables): DatabaseLocation {
  if (!DATABASE_URL) return { engine: 'sqlite', file: resolve('data/rolecall.db') };
  return DATABASE_URL.engine === 'sqlite' ? DATABASE_URL : { ...DATABASE_URL, poolSize: DATABASE_POOL_SIZE };
}

function passwordPolicyOf(variables: CommandVariables): PasswordPolicy {
  return {
    minimumLength: variables.PASSWORD_MIN_LENGTH,
    refusesCommon: variables.PASSWORD_REFUSE_COMMON,
    refusesOwnName: variables.PASSWORD_REFUSE_OWN_NAME,
  };
}

function sessionLimitsOf({ SESSION_IDLE_MINUTES, SESSION_ABSOLUTE_HOURS }: Variables): SessionLimits {
  return { idle: SESSION_IDLE_MINUTES * MINUTE, absolute: SESSION_ABSOLUTE_HOURS * HOUR };
}

function addressLimitsOf(variables: Variables): AddressLimits {
  return {
    signIn: variables.SIGN_INS_PER_MINUTE,
    passwordReset: variables.PASSWORD_RESETS_PER_MINUTE,
    invitation: variables.INVITATIONS_PER_MINUTE,
  };
}

function retentionOf(variables: Variables): Retention {
  return {
    sessions: variables.SESSION_RETENTION_DAYS * DAY,
    links: variables.LINK_RETENTION_DAYS * DAY,
    mails: variables.MAIL_RETENTION_DAYS * DAY,
  };
}
