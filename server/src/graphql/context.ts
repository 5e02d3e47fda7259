import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../request/request-context';
import type { BoundedQueue } from '../background/bounded-queue';
import type { SecretKeys } from '../crypto/secret-keys';
import type { Viewer } from '../access/viewer';
import type { Config } from '../config/config';
import type { Database } from '../database/database';
import { accessClaimsOf } from '../http/access-claims';
import { clientAddress, type Trusts } from '../http/client-address';
import { deviceCookieOf } from '../http/device-cookie';
import type { ChargeOf } from '../http/rate-limit';
import { refreshCookieOf } from '../http/refresh-cookie';
import { loadClaimedViewer } from '../sessions/load-viewer';

export interface Services {
  readonly database: Database;
  readonly keys: SecretKeys;
  readonly config: Pick<
    Config,
    'publicUrl' | 'areaUrls' | 'passwordPolicy' | 'sessionLimits' | 'addressLimits'
  >;
  /** Which proxies are believed about the address of a client. */
  readonly trusts: Trusts;
  /** What a request takes from the limit of its caller. */
  readonly chargeOf: ChargeOf;
  readonly hashing: BoundedQueue;
  readonly wakeMailer: () => void;
  readonly afterAnswer: RequestContext['afterAnswer'];
  readonly clock: () => Date;
}

/** The context of a request, with the viewer whom its access token names. */
export async function createContext(
  { database, keys, config, trusts, chargeOf, hashing, wakeMailer, afterAnswer, clock }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  const now = clock();
  const isSecure = config.publicUrl.startsWith('https:');
  return {
    database,
    keys,
    passwordPolicy: config.passwordPolicy,
    sessionLimits: config.sessionLimits,
    addressLimits: config.addressLimits,
    hashing: hashing.turnsFor(endOf(reply)),
    publicUrl: config.publicUrl,
    areaUrls: { ...config.areaUrls, USER_ADMIN: `${config.publicUrl}/admin` },
    wakeMailer,
    afterAnswer,
    callerLimit: chargeOf(request),
    log: request.log,
    now,
    requires: null,
    once: null,
    viewer: await viewerOf(database, keys, request, now),
    origin: {
      address: clientAddress(request, trusts),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
      requestId: request.id,
    },
    refreshCookie: refreshCookieOf(request, reply, isSecure),
    deviceCookie: deviceCookieOf(request, reply, isSecure),
  };
}

/** Is aborted when the answer is out, or when the client has gone before. */
function endOf(reply: FastifyReply): AbortSignal {
  const over = new AbortController();
  reply.raw.once('close', () => over.abort());
  return over.signal;
}

async function viewerOf(
  database: Database,
  keys: SecretKeys,
  request: FastifyRequest,
  now: Date,
): Promise<Viewer | null> {
  const claims = accessClaimsOf(request, keys.accessToken, now);
  return claims && loadClaimedViewer(database.reader, claims, now);
}
