import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { deriveKeys } from './access/secret-keys';
import { deleteExpiredEvents, EXPIRE_EVERY } from './audit/delete-expired-events';
import type { Config } from './config';
import { createContext, type Services } from './context';
import { openDatabase, type Database } from './database/database';
import { fillDemo } from './demo/fill-demo';
import { entities } from './entities';
import { keepHouse, type Chore } from './housekeeping';
import { createApollo } from './http/apollo';
import { createBackgroundWork, type BackgroundWork } from './http/background-work';
import { endConnectionsOnClose } from './http/connection-end';
import { registerHealth } from './http/health';
import { refuseAddress, registerSecurityHeaders, securityHeaders } from './http/security-headers';
import { registerStaticClient } from './http/static-client';
import { createDispatcher, type Dispatcher } from './mail/dispatcher';
import { createMailTransport } from './mail/mail-transport';
import { buildRolecallSchema } from './schema';
import { FORGET_EVERY, forgetFailures } from './sign-in/forget-failures';

export interface App {
  /** Where it listens, for example http://127.0.0.1:4000. */
  readonly address: string;
  readonly database: Database;
  /** Finishes the requests and mails under way, then closes the database. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly clock?: () => Date;
  /** Where to tell what an operator at the terminal wants to know. */
  readonly print?: (line: string) => void;
}

interface Parts {
  readonly server: FastifyInstance;
  readonly background: BackgroundWork;
  readonly dispatcher: Dispatcher;
}

const MAXIMUM_BODY = 256 * 1024;
const REQUEST_TIMEOUT = 30_000;

/** Database, schema, HTTP: everything there is; tests start the very same thing. */
export async function startApp(
  config: Config,
  { clock = () => new Date(), print = () => undefined }: AppOptions = {},
): Promise<App> {
  const database = await openDatabase(config.database, entities);
  try {
    if (config.demo) await fillDemo(database, deriveKeys(config.secret), clock());
    const { server, background, dispatcher } = await createServer(config, database, clock, print);
    const address = await server.listen({ host: config.host, port: config.port });
    dispatcher.start();
    const stopChores = keepHouse(choresOf(config, database, clock), server.log);
    return {
      address,
      database,
      stop: async () => {
        await server.close();
        await background.finish();
        await dispatcher.stop();
        await stopChores();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function choresOf({ auditRetention }: Config, database: Database, clock: () => Date): Chore[] {
  const forgetting = {
    name: 'Forgetting old failures',
    every: FORGET_EVERY,
    round: () => forgetFailures(database, clock()),
  };
  if (auditRetention === null) return [forgetting];
  const expiring = {
    name: 'Deleting old events of the audit trail',
    every: EXPIRE_EVERY,
    round: (stopping: AbortSignal) =>
      deleteExpiredEvents(database, new Date(clock().getTime() - auditRetention), stopping),
  };
  return [forgetting, expiring];
}

async function createServer(
  config: Config,
  database: Database,
  clock: () => Date,
  print: (line: string) => void,
): Promise<Parts> {
  const isSecure = config.publicUrl.startsWith('https:');
  const putHeaders = securityHeaders(isSecure);
  const server = fastify({
    logger: { level: config.environment === 'test' ? 'fatal' : 'warn' },
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => randomUUID(),
    bodyLimit: MAXIMUM_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    // A keep-alive connection must not hold up a stop.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: refuseAddress(putHeaders),
  });
  const keys = deriveKeys(config.secret);
  const transport = createMailTransport(config.mail, join(config.dataFolder, 'mail'), print);
  const dispatcher = createDispatcher({ database, key: keys.mail, transport, clock, log: server.log });
  const background = createBackgroundWork(server.log);
  const services: Services = {
    database,
    keys,
    config,
    wakeMailer: () => dispatcher.wake(),
    afterAnswer: background.later,
    clock,
  };

  endConnectionsOnClose(server);
  registerSecurityHeaders(server, putHeaders);
  await server.register(fastifyCookie);
  registerHealth(server, database);
  await registerStaticClient(server, join(__dirname, '../client'));

  const apollo = createApollo(buildRolecallSchema(), server.log);
  await apollo.start();
  server.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: '/graphql',
    handler: fastifyApolloHandler(apollo, {
      context: (request, reply) => createContext(services, request, reply),
    }),
  });
  return { server, background, dispatcher };
}
