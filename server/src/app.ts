import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { deriveKeys } from './crypto/secret-keys';
import { deleteExpiredEvents, EXPIRY_INTERVAL } from './audit/delete-expired-events';
import type { Config } from './config/config';
import type { Services } from './graphql/context';
import { openDatabase, type Database } from './database/database';
import { fillDemo } from './demo/fill-demo';
import { entities } from './entities';
import { startScheduler, type Job } from './background/scheduler';
import { createApollo } from './graphql/apollo';
import { createBoundedQueue, type QueueLimits } from './background/bounded-queue';
import {
  createDeferredWork,
  DEFERRAL,
  type DeferralRange,
  type DeferredWork,
} from './background/deferred-work';
import { trustedBy } from './http/client-address';
import { compressAnswers } from './http/compression';
import { endConnectionsOnClose } from './http/connection-end';
import { allowOrigins } from './http/cross-origin';
import { answerUndecodableUrl, answerUnreadableRequest, registerErrorAnswers } from './http/error-answers';
import { leadToGraphiql } from './http/graphiql-redirect';
import { registerHealth } from './http/health';
import { LATEST, shedLoad } from './http/load-shedding';
import { LOG_FORMAT } from './http/log-format';
import { limitCallers } from './http/rate-limit';
import { registerRequestId, requestIdOf } from './http/request-id';
import { registerSchemaRoute } from './http/schema-route';
import { registerSecurityHeaders, securityHeaders } from './http/security-headers';
import { registerStaticClient } from './http/static-client';
import { createDispatcher, DISPATCHER_TIMES, type Dispatcher, type DispatcherTimes } from './mail/dispatcher';
import { reviewInvitation } from './invitations/review-invitation';
import { reviewLink } from './password-reset/review-link';
import { deleteOldMailFiles } from './mail/delete-old-mail-files';
import { deleteOldKeys } from './idempotency/delete-old-keys';
import { KEY_LIFETIME } from './idempotency/repeatable';
import { deleteOldMails } from './mail/delete-old-mails';
import { deleteOldTokens } from './one-time-token/delete-old-tokens';
import { deleteOldSessions } from './sessions/delete-old-sessions';
import { createMailTransport } from './mail/mail-transport';
import { hashingLimits } from './passwords/hashing-limits';
import { createSignInShedding } from './graphql/sign-in-shedding';
import { buildRolecallSchema } from './graphql/schema';
import { schemaDocument } from './graphql/schema-document';
import { serveGraphql } from './graphql/serve-graphql';
import { PURGE_INTERVAL, purgeExpiredAttempts } from './throttle/purge-expired-attempts';

export interface App {
  /** Where it listens, for example http://127.0.0.1:4000. */
  readonly address: string;
  readonly database: Database;
  /** Finishes the requests and mails under way, then closes the database. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly clock?: () => Date;
  /** Prints a line for the operator at the terminal. */
  readonly print?: (line: string) => void;
  /** Where the lines of the log go instead of to standard output. */
  readonly log?: { write(line: string): void };
  /** How long the work in the background waits. */
  readonly deferral?: DeferralRange;
  readonly dispatcherTimes?: DispatcherTimes;
  /** How many passwords are hashed at once and wait for it; follows from the configuration when absent. */
  readonly hashing?: QueueLimits;
  /** How late (ms) the process may be before it refuses requests. */
  readonly latest?: number;
}

interface Parts {
  readonly server: FastifyInstance;
  readonly background: DeferredWork;
  readonly dispatcher: Dispatcher;
}

const MAXIMUM_BODY = 256 * 1024;
const REQUEST_TIMEOUT = 30_000;

/** Opens the database, serves the API and the admin page and starts the jobs; tests start the same. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { clock = () => new Date() } = options;
  const database = await openDatabase(config.database, entities);
  try {
    if (config.demo) await fillDemo(database, deriveKeys(config.secret), clock());
    const { server, background, dispatcher } = await createServer(config, database, { ...options, clock });
    const address = await server.listen({ host: config.host, port: config.port });
    dispatcher.start();
    const stopScheduler = startScheduler(jobsOf(config, database, clock), server.log);
    return {
      address,
      database,
      stop: async () => {
        await server.close();
        await background.finish();
        await dispatcher.stop();
        await stopScheduler();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const mailFolder = ({ dataFolder }: Config) => join(dataFolder, 'mail');

function jobsOf(config: Config, database: Database, clock: () => Date): Job[] {
  const { auditRetention, retention } = config;
  const removal = (what: string, age: number, remove: typeof deleteExpiredEvents): Job => ({
    name: `Deleting ${what}`,
    every: EXPIRY_INTERVAL,
    run: (stopping) => remove(database, new Date(clock().getTime() - age), stopping),
  });
  const events = 'expired events of the audit log';
  return [
    {
      name: 'Purging expired sign-in attempts',
      every: PURGE_INTERVAL,
      run: () => purgeExpiredAttempts(database, clock()),
    },
    removal('old sessions', retention.sessions, deleteOldSessions),
    removal('old links', retention.links, deleteOldTokens),
    removal('old mails', retention.mails, deleteOldMails),
    removal('old files of mails', retention.mails, (_, before, stopping) =>
      deleteOldMailFiles(mailFolder(config), before, stopping),
    ),
    removal('old idempotency keys', KEY_LIFETIME, deleteOldKeys),
    ...(auditRetention === null ? [] : [removal(events, auditRetention, deleteExpiredEvents)]),
  ];
}

async function createServer(
  config: Config,
  database: Database,
  options: AppOptions & { readonly clock: () => Date },
): Promise<Parts> {
  const { clock, print = () => undefined } = options;
  const {
    log,
    hashing,
    // Elsewhere the machine is busy with other things than people who wait.
    latest = config.environment === 'production' ? LATEST : Infinity,
    deferral = DEFERRAL,
    dispatcherTimes: times = DISPATCHER_TIMES,
  } = options;
  const isSecure = config.publicUrl.startsWith('https:');
  const putHeaders = securityHeaders(isSecure);
  const trusts = trustedBy(config.trustedProxies);
  const server: FastifyInstance = fastify({
    logger: { ...LOG_FORMAT, level: config.logLevel, ...(log ? { stream: log } : {}) },
    trustProxy: trusts,
    genReqId: requestIdOf,
    bodyLimit: MAXIMUM_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    // An idle keep-alive connection must not delay the shutdown.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: answerUndecodableUrl(putHeaders),
    clientErrorHandler: (error, socket) => answerUnreadableRequest(server.log, error, socket),
  });
  const keys = deriveKeys(config.secret);
  const transport = createMailTransport(config.mail, mailFolder(config), print);
  const reviews = {
    invitation: reviewInvitation(database.reader, config.publicUrl),
    password_reset: reviewLink(database.reader),
  };
  const dispatcher = createDispatcher({
    database,
    key: keys.mail,
    transport,
    reviews,
    clock,
    times,
    log: server.log,
  });
  const background = createDeferredWork('links for a new password to mail', server.log, deferral);

  endConnectionsOnClose(server);
  registerRequestId(server);
  registerErrorAnswers(server);
  registerSecurityHeaders(server, putHeaders);
  allowOrigins(server, config.allowedOrigins);
  shedLoad(server, latest);
  const { rateLimits: limits } = config;
  const chargeOf = limitCallers(server, { limits, trusts, key: keys.accessToken, clock });
  leadToGraphiql(server);
  compressAnswers(server);
  await server.register(fastifyCookie);
  registerHealth(server, database);
  await registerStaticClient(server, join(__dirname, '../client'));

  const schema = buildRolecallSchema();
  registerSchemaRoute(server, () => schemaDocument(schema));
  const queue = createBoundedQueue(hashing ?? hashingLimits(config.hashesAtOnce, availableParallelism()));
  const shedding = createSignInShedding(queue);
  const apollo = createApollo(schema, config.queryCostLimit, [shedding.plugin]);
  await apollo.start();
  const services: Services = {
    database,
    keys,
    config,
    trusts,
    chargeOf,
    hashing: queue,
    wakeMailer: () => dispatcher.wake(),
    afterAnswer: background.later,
    clock,
  };
  serveGraphql(server, { apollo, services, preHandler: shedding.preHandler });
  return { server, background, dispatcher };
}
