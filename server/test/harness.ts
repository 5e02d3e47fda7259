import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { startApp, type App, type AppOptions } from '../src/app';
import {
  DEFAULT_PASSWORD_POLICY,
  DEFAULT_RETENTION,
  DEFAULT_SESSION_LIMITS,
  type Config,
} from '../src/config/config';
import type { DatabaseLocation } from '../src/config/database-url';
import { MAIL_TO_FILES } from '../src/config/mail-config';
import { refuseForeignSentences } from './catalogue-sentences';

declare global {
  /** Set by each project of jest.config.ts. */
  var testEngine: 'sqlite' | 'mysql';
}

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
  }[];
}

export interface RequestOptions {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
}

/** The whole service on a fresh database and a real port, and a clock that tests may set. */
export interface TestService {
  readonly app: App;
  readonly url: string;
  readonly config: Config;
  /** What the clock of the service says. */
  now(): Date;
  /** From here on the time of the service passes only by `advance`. */
  stopClock(): void;
  /** Moves the clock of the service. Milliseconds. */
  advance(milliseconds: number): void;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows the shape it asked for
  graphql<Data = any>(
    query: string,
    variables?: Record<string, unknown>,
    options?: RequestOptions,
  ): Promise<GraphQLAnswer<Data>>;
  stop(): Promise<void>;
}

const running = new Set<TestService>();

// A test that fails half-way must not leave a server behind: jest would wait for it for ever.
afterAll(async () => {
  for (const service of running) await service.stop();
});

/** Tests of overload say how much is too much for them; the others must not depend on the load of the machine. */
const PATIENT_HASHING = { atOnce: 2, places: 1000, patience: 60_000 };

/** As short as they can be, because tests wait for the work in the background. */
const TEST_OPTIONS = {
  hashing: PATIENT_HASHING,
  latest: Infinity,
  deferral: { earliest: 5, latest: 50 },
  dispatcherTimes: { pollInterval: 100, stopPatience: 500 },
};

/**
 * All requests of the tests come from one address, and their instances have clocks that are far apart; what limits
 * addresses is tested with limits of its own.
 */
const NO_LIMITS = { signIn: Infinity, passwordReset: Infinity, invitation: Infinity };

export const TEST_SECRET = 'a secret for tests that has more than thirty-two bytes';

export async function startService(
  overrides: Partial<Config> = {},
  options: Omit<AppOptions, 'clock'> = {},
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-test-'));
  const { location, drop } = await createDatabase(folder);
  const config: Config = {
    environment: 'test',
    database: location,
    dataFolder: folder,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:4000',
    areaUrls: {},
    trustedProxies: [],
    allowedOrigins: [],
    rateLimits: { session: Infinity, anonymous: Infinity },
    secret: TEST_SECRET,
    passwordPolicy: DEFAULT_PASSWORD_POLICY,
    sessionLimits: DEFAULT_SESSION_LIMITS,
    addressLimits: NO_LIMITS,
    hashesAtOnce: null,
    retention: DEFAULT_RETENTION,
    queryCostLimit: 2000,
    mail: MAIL_TO_FILES,
    auditRetention: null,
    logLevel: 'fatal',
    demo: false,
    ...overrides,
  };
  let offset = 0;
  let stoppedAt: number | null = null;
  const now = () => new Date((stoppedAt ?? Date.now()) + offset);
  const app = await startApp(config, { ...TEST_OPTIONS, ...options, clock: now });
  const url = `${app.address}/graphql`;
  const service: TestService = {
    app,
    url,
    config,
    now,
    stopClock: () => {
      stoppedAt = Date.now();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    graphql: (query, variables = {}, options = {}) => post(url, query, variables, options),
    stop: async () => {
      if (!running.delete(service)) return;
      await app.stop();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  running.add(service);
  return service;
}

async function post<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  { token, headers }: RequestOptions,
): Promise<GraphQLAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Pick<GraphQLAnswer<Data>, 'data' | 'errors'>;
  refuseForeignSentences(body);
  const { status, headers: told } = response;
  const errors = body.errors && withoutRequestIds(body.errors, told.get('x-request-id'));
  return { status, headers: told, ...body, ...(errors ? { errors } : {}) };
}

/** Every error of every test tells the id of its request; what else it tells is for the test to look at. */
function withoutRequestIds(errors: NonNullable<GraphQLAnswer['errors']>, expected: string | null) {
  return errors.map(({ extensions: { requestId, ...extensions }, ...error }) => {
    if (requestId !== expected) throw new Error(`An error tells the request ${String(requestId)}.`);
    return { ...error, extensions };
  });
}

interface CreatedDatabase {
  readonly location: DatabaseLocation;
  readonly drop: () => Promise<void>;
}

/** A database of its own for each service, so that no test sees another's rows. */
export async function createDatabase(folder: string): Promise<CreatedDatabase> {
  if (testEngine === 'sqlite') {
    return {
      location: { engine: 'sqlite', file: join(folder, 'rolecall.db') },
      drop: () => Promise.resolve(),
    };
  }
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set.');
  const name = `rolecall_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await runOnServer(server, `CREATE DATABASE ${name}`);
  return {
    location: { engine: 'mysql', url: url.href },
    drop: () => runOnServer(server, `DROP DATABASE ${name}`),
  };
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(statement);
  await connection.end();
}
