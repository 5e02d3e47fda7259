import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config/config';
import { ConfigurationError } from '../src/config/configuration-error';
import { TEST_SECRET } from './harness';

const GOOD = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mysql://root:hunter2@db.example/users',
  SECRET: TEST_SECRET,
};

function problemsOf(changed: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig({ ...GOOD, ...changed });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('a good environment has no problem', () => {
  expect(problemsOf({})).toEqual([]);
  expect(readConfig(GOOD)).toMatchObject({
    environment: 'production',
    database: { engine: 'mysql', url: GOOD.DATABASE_URL },
    host: '127.0.0.1',
    port: 4000,
    publicUrl: 'http://localhost:4000',
    demo: false,
    areaUrls: {},
    trustedProxies: [],
    passwordPolicy: { minimumLength: 6, refusesCommon: false, refusesOwnName: false },
    sessionLimits: { idle: 30 * 60_000, absolute: 12 * 3_600_000 },
  });
});

test('what protects sign-in can be set', () => {
  const set = {
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,2001:db8::/32,',
    AREA_URLS: 'CUSTOMERS=https://kyc.example.com/?a=b, CALLS = http://calls.example.com,',
    PASSWORD_MIN_LENGTH: '64',
    PASSWORD_REFUSE_COMMON: 'true',
    PASSWORD_REFUSE_OWN_NAME: 'true',
    SESSION_IDLE_MINUTES: '15',
    SESSION_ABSOLUTE_HOURS: '8',
    SIGN_INS_PER_MINUTE: '1000',
    PASSWORD_RESETS_PER_MINUTE: '5',
    INVITATIONS_PER_MINUTE: '6',
    PASSWORD_HASHES_AT_ONCE: '7',
    DATABASE_POOL_SIZE: '7',
    QUERY_COST_LIMIT: '5000',
    RATE_LIMIT: '100',
    RATE_LIMIT_ANONYMOUS: 'off',
    ALLOWED_ORIGINS: 'https://app.example.com, HTTPS://Other.example.com:443,http://localhost:5173,',
  };
  expect(readConfig({ ...GOOD, ...set })).toMatchObject({
    areaUrls: { CUSTOMERS: 'https://kyc.example.com/?a=b', CALLS: 'http://calls.example.com' },
    trustedProxies: ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'],
    passwordPolicy: { minimumLength: 64, refusesCommon: true, refusesOwnName: true },
    sessionLimits: { idle: 15 * 60_000, absolute: 8 * 3_600_000 },
    addressLimits: { signIn: 1000, passwordReset: 5, invitation: 6 },
    hashesAtOnce: 7,
    database: { engine: 'mysql', url: GOOD.DATABASE_URL, poolSize: 7 },
    queryCostLimit: 5000,
    rateLimits: { session: 100, anonymous: Infinity },
    allowedOrigins: ['https://app.example.com', 'https://other.example.com', 'http://localhost:5173'],
  });
});

test.each<[variable: string, value: string | undefined]>([
  ['NODE_ENV', 'staging'],
  ['NODE_ENV', 'Production'],
  ['PORT', '80000'],
  ['PORT', '-1'],
  ['PORT', '4000abc'],
  ['PORT', '1e3'],
  ['PORT', '4000.5'],
  ['DATABASE_URL', 'postgres://x/y'],
  ['DATABASE_URL', 'mysql://root:hunter2@127.0.0.1/'],
  ['DATABASE_URL', 'mysql://root:hunter2@/x'],
  ['DATABASE_URL', 'sqlite:'],
  ['DATABASE_URL', './data/rolecall.db'],
  ['DATABASE_POOL_SIZE', '1'],
  ['DATABASE_POOL_SIZE', '1001'],
  ['DATABASE_POOL_SIZE', 'many'],
  ['PUBLIC_URL', 'users.example.com'],
  ['PUBLIC_URL', 'ftp://users.example.com'],
  ['PUBLIC_URL', 'https://users.example.com/path'],
  ['AREA_URLS', 'https://kyc.example.com'],
  ['AREA_URLS', 'CUSTOMERS=kyc.example.com'],
  ['AREA_URLS', 'CUSTOMERS=javascript:alert(1)'],
  ['AREA_URLS', 'USER_ADMIN=https://users.example.com'],
  ['AREA_URLS', 'STUDIO=https://studio.example.com'],
  ['AREA_URLS', 'CALLS=https://a.example.com,CALLS=https://b.example.com'],
  ['ALLOWED_ORIGINS', '*'],
  ['ALLOWED_ORIGINS', 'null'],
  ['ALLOWED_ORIGINS', 'app.example.com'],
  ['ALLOWED_ORIGINS', 'https://app.example.com/'],
  ['ALLOWED_ORIGINS', 'https://app.example.com/page'],
  ['ALLOWED_ORIGINS', 'https://app.example.com?'],
  ['ALLOWED_ORIGINS', 'https://*.example.com'],
  ['ALLOWED_ORIGINS', 'https://you@app.example.com'],
  ['ALLOWED_ORIGINS', 'https://app.example.com:99999'],
  ['ALLOWED_ORIGINS', 'https://app.example.com https://b.example.com'],
  ['ALLOWED_ORIGINS', 'file://app'],
  ['ALLOWED_ORIGINS', 'https://'],
  ['ALLOWED_ORIGINS', 'https://good.example.com, nonsense'],
  ['RATE_LIMIT', '99'],
  ['RATE_LIMIT', 'Off'],
  ['RATE_LIMIT', 'none'],
  ['RATE_LIMIT_ANONYMOUS', '-1'],
  ['RATE_LIMIT_ANONYMOUS', '1e9'],
  ['TRUSTED_PROXIES', 'proxy.example.com'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, 10.0.0'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '::/129'],
  ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
  ['TRUSTED_PROXIES', 'true'],
  ['PASSWORD_MIN_LENGTH', '5'],
  ['PASSWORD_MIN_LENGTH', '65'],
  ['PASSWORD_MIN_LENGTH', '8.5'],
  ['PASSWORD_REFUSE_COMMON', 'yes'],
  ['PASSWORD_REFUSE_OWN_NAME', '1'],
  ['SESSION_IDLE_MINUTES', '14'],
  ['SESSION_IDLE_MINUTES', '-30'],
  ['SESSION_ABSOLUTE_HOURS', '0'],
  ['SESSION_ABSOLUTE_HOURS', '1e3'],
  ['SIGN_INS_PER_MINUTE', '9'],
  ['PASSWORD_RESETS_PER_MINUTE', '0'],
  ['INVITATIONS_PER_MINUTE', 'many'],
  ['PASSWORD_HASHES_AT_ONCE', '65'],
  ['QUERY_COST_LIMIT', '999'],
  ['LOG_LEVEL', 'verbose'],
  ['LOG_LEVEL', 'INFO'],
  ['SECRET', undefined],
  ['SECRET', ''],
  ['SECRET', 'hunter2-hunter2-hunter2-hunter2'],
])('names %s when it is "%s", and tells no secret', (variable, value) => {
  const problems = problemsOf({ [variable]: value });
  expect(problems).toEqual([expect.stringContaining(variable)]);
  expect(problems.join()).not.toContain('hunter2');
});

test('names every mistake at once', () => {
  const mistakes = {
    NODE_ENV: 'staging',
    PORT: 'x',
    PUBLIC_URL: 'x',
    DATABASE_URL: 'x',
    SECRET: 'short',
    PASSWORD_REFUSE_COMMON: 'yes',
    SMTP_URL: 'x',
    MAIL_FROM: undefined,
    LOG_LEVEL: 'verbose',
  };
  const names = problemsOf(mistakes).map((problem) => problem.split(' ')[0]);
  expect(names.sort()).toEqual(Object.keys(mistakes).sort());
});

test.each([
  ['production', { NODE_ENV: 'production', DATABASE_URL: undefined }],
  ['MySQL', { NODE_ENV: 'development' }],
  ['MySQL in capitals', { NODE_ENV: 'development', DATABASE_URL: 'MYSQL://root:hunter2@db.example/users' }],
])('asks for SECRET with %s, beside what else is wrong', (_what, changed) => {
  expect(problemsOf({ ...changed, SECRET: undefined, PORT: 'x' })).toEqual([
    expect.stringMatching(/^PORT must /),
    expect.stringMatching(/^SECRET is required /),
  ]);
});

test.each([
  'x'.repeat(32),
  '0'.repeat(64),
  'ab'.repeat(20),
  '12345678901234567890123456789012',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'zyxwvutsrqponmlkjihgfedcba9876543210',
  'passwordpasswordpasswordpassword1',
  'correct-horse-correct-horse-correct-horse',
  'ÄÖÜ'.repeat(10),
])('a SECRET that somebody made up is refused, and not repeated: %s', (secret) => {
  const random = 'must be random, such as what "openssl rand -hex 32" prints.';
  expect(problemsOf({ ...GOOD, SECRET: secret })).toEqual([`SECRET ${random}`]);
});

test('random secrets are taken, in every alphabet', () => {
  for (let round = 0; round < 2000; round += 1) {
    const bytes = randomBytes(32);
    for (const secret of [
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('hex').slice(0, 32),
    ]) {
      expect(readConfig({ ...GOOD, SECRET: secret }).secret).toBe(secret);
    }
  }
});

test('a secret file that holds something else is named, and not repeated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-config-'));
  writeFileSync(join(folder, 'secret'), 'hunter2');
  const environment = { NODE_ENV: 'test', DATABASE_URL: `sqlite:${folder}/x.db`, SECRET: undefined };
  expect(problemsOf(environment)).toEqual([
    `The file ${join(folder, 'secret')} must hold a secret of at least 32 random bytes.`,
  ]);
  rmSync(folder, { recursive: true });
});

test.each([
  ['production', undefined, 'warn'],
  ['development', '', 'warn'],
  ['test', undefined, 'fatal'],
  ['test', 'silent', 'silent'],
  ['production', 'debug', 'debug'],
])('in %s with LOG_LEVEL %j it logs at level %s', (NODE_ENV, LOG_LEVEL, logLevel) => {
  expect(readConfig({ ...GOOD, NODE_ENV, LOG_LEVEL })).toMatchObject({ logLevel });
});

test('an empty variable is as good as none', () => {
  const empty = { NODE_ENV: '', PORT: '', HOST: '', PUBLIC_URL: '' };
  expect(readConfig({ ...GOOD, ...empty })).toMatchObject({ environment: 'development', port: 4000 });
});

test('demo data is for the default database only, and never in production', () => {
  expect(readConfig({ SECRET: TEST_SECRET }).demo).toBe(true);
  expect(readConfig({ SECRET: TEST_SECRET, NODE_ENV: 'production' }).demo).toBe(false);
  expect(readConfig({ SECRET: TEST_SECRET, DATABASE_URL: 'sqlite:./other.db' }).demo).toBe(false);
  expect(readConfig({ SECRET: TEST_SECRET, DATABASE_URL: GOOD.DATABASE_URL }).demo).toBe(false);
});
