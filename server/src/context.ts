import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from './access/request-context';
import type { SecretKeys } from './access/secret-keys';
import type { Viewer } from './access/viewer';
import type { Database } from './database/database';
import { refreshCookieOf } from './http/refresh-cookie';
import { readAccessToken } from './sign-in/access-token';
import { loadViewer } from './sign-in/load-viewer';

export interface Services {
  readonly database: Database;
  readonly keys: SecretKeys;
  readonly isSecure: boolean;
  readonly clock: () => Date;
}

/** What a request may know and do; asks the database who is behind its token. */
export async function createContext(
  { database, keys, isSecure, clock }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  const now = clock();
  return {
    database,
    keys,
    now,
    viewer: await viewerOf(database, keys, request.headers.authorization, now),
    origin: {
      address: request.ip,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
      requestId: request.id,
    },
    refreshCookie: refreshCookieOf(request, reply, isSecure),
  };
}

async function viewerOf(
  database: Database,
  keys: SecretKeys,
  authorization: string | undefined,
  now: Date,
): Promise<Viewer | null> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const claims = token ? readAccessToken(keys.accessToken, token, now) : null;
  return claims && loadViewer(database.reader, claims, now);
}
