import { z } from 'zod';
import { allowedOrigins } from './allowed-origins';
import { areaUrls } from './area-config';
import { ConfigurationError } from './configuration-error';
import { databaseUrl } from './database-url';
import { mailFrom, smtpUrl } from './mail-config';
import { publicUrl } from './public-url';
import { secret } from './secret-file';
import { trustedProxies } from './trusted-proxies';
import { limitOrOff, oneOf, trueOrFalse, wholeNumber } from './variable-kinds';

export type Environment = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every variable that the service reads. What has no default here follows from the others. */
export const VARIABLES = z.object({
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  DATABASE_URL: databaseUrl.optional(),
  // One for those who wait for each other inside a transaction is not enough.
  DATABASE_POOL_SIZE: wholeNumber(2, 1000).default(20),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  PUBLIC_URL: publicUrl.optional(),
  TRUSTED_PROXIES: trustedProxies.default([]),
  ALLOWED_ORIGINS: allowedOrigins.default([]),
  AREA_URLS: areaUrls.default({}),
  SECRET: secret.optional(),
  PASSWORD_MIN_LENGTH: wholeNumber(6, 64).default(6),
  PASSWORD_REFUSE_COMMON: trueOrFalse().default(false),
  PASSWORD_REFUSE_OWN_NAME: trueOrFalse().default(false),
  // An idle limit near the ten minutes of an access token would end sessions that are in use.
  SESSION_IDLE_MINUTES: wholeNumber(15, 1440).default(30),
  SESSION_ABSOLUTE_HOURS: wholeNumber(1, 720).default(12),
  // For each address. High enough for an office whose people all come in at nine.
  SIGN_INS_PER_MINUTE: wholeNumber(10, 100_000).default(300),
  PASSWORD_RESETS_PER_MINUTE: wholeNumber(1, 100_000).default(60),
  INVITATIONS_PER_MINUTE: wholeNumber(1, 100_000).default(300),
  PASSWORD_HASHES_AT_ONCE: wholeNumber(1, 64).optional(),
  // The introspection query of the usual tools must pass.
  QUERY_COST_LIMIT: wholeNumber(1000, 1_000_000).default(2000),
  // In points of cost a minute, for each session. A page of 100 events costs 606; somebody may turn one each second.
  RATE_LIMIT: limitOrOff(100, 1_000_000_000).default(60_000),
  // For each address. Opening the page and signing in with a code costs 26, and SIGN_INS_PER_MINUTE must get in.
  RATE_LIMIT_ANONYMOUS: limitOrOff(100, 1_000_000_000).default(10_000),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  // An address is known for 90 days after a sign-in from there, as long as its session is kept.
  SESSION_RETENTION_DAYS: wholeNumber(1, 36_500).default(90),
  LINK_RETENTION_DAYS: wholeNumber(1, 36_500).default(7),
  MAIL_RETENTION_DAYS: wholeNumber(1, 36_500).default(90),
  // There is no number of days that would stand for "for ever".
  AUDIT_RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
  LOG_LEVEL: oneOf(LOG_LEVELS).optional(),
});

/** What the command line needs: not the secret. */
export const COMMAND_VARIABLES = VARIABLES.pick({
  DATABASE_URL: true,
  DATABASE_POOL_SIZE: true,
  PORT: true,
  PUBLIC_URL: true,
  PASSWORD_MIN_LENGTH: true,
  PASSWORD_REFUSE_COMMON: true,
  PASSWORD_REFUSE_OWN_NAME: true,
});

/**
 * The values of the variables that `schema` names; an empty variable is as good as none.
 * @param missing what the given variables ask for besides, as problems
 * @throws ConfigurationError with every problem at once
 */
export function readVariables<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
  missing: (given: Environment) => string[] = () => [],
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { data, error } = schema.safeParse(given);
  const problems = error?.issues.map(({ path: [name], message }) => `${String(name)} ${message}`) ?? [];
  problems.push(...missing(given));
  if (!data || problems.length > 0) throw new ConfigurationError(problems);
  return data;
}
