import type { KeyObject } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimits } from '../config/config';
import { secondsToWait } from '../errors';
import { addressGroup } from '../throttle/address-group';
import { TokenBuckets } from '../throttle/token-buckets';
import { accessClaimsOf } from './access-claims';
import { isApiCall } from './api-route';
import { RequestCharge } from './caller-limit';
import { clientAddress, type Trusts } from './client-address';
import { refuseForNow } from './error-answers';

/** What a request takes from what its caller may ask for; null when there is no limit for them. */
export type ChargeOf = (request: FastifyRequest) => RequestCharge | null;

interface Callers {
  readonly limits: RateLimits;
  readonly trusts: Trusts;
  /** Of access tokens. */
  readonly key: KeyObject;
  readonly clock: () => Date;
}

/**
 * Limits what each caller asks the API for in a minute, in points of cost: a session, or the address of whoever has
 * none. Each instance counts for itself, so that no request waits for a counter. A request whose caller has nothing left
 * is refused before anything of it is read; every answer tells what is left.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function limitCallers(server: FastifyInstance, callers: Callers): ChargeOf {
  const chargeOf = rememberedFor(chargeMaker(callers));
  server.addHook('onRequest', async (request, reply) => {
    if (!isApiCall(request)) return;
    const wait = chargeOf(request)?.admit() ?? 0;
    if (wait === 0) return;
    return refuseForNow(request, reply, 429, secondsToWait(wait));
  });
  server.addHook('onSend', async (request, reply) => {
    if (isApiCall(request)) tell(reply, chargeOf(request), callers.clock());
  });
  return chargeOf;
}

function chargeMaker({ limits, trusts, key, clock }: Callers): ChargeOf {
  const sessions = bucketsOf(limits.session);
  const addresses = bucketsOf(limits.anonymous);
  return (request) => {
    // Not looked up in the database: whoever signs out keeps their bucket until the token expires.
    const claims = accessClaimsOf(request, key, clock());
    const buckets = claims ? sessions : addresses;
    if (!buckets) return null;
    const caller = claims ? String(claims.sessionId) : addressGroup(clientAddress(request, trusts));
    return new RequestCharge(buckets, caller, clock);
  };
}

function bucketsOf(limit: number): TokenBuckets | null {
  return limit === Infinity ? null : new TokenBuckets(limit);
}

/** One charge for each request, whoever asks for it. */
function rememberedFor(make: ChargeOf): ChargeOf {
  const made = new WeakMap<FastifyRequest, RequestCharge | null>();
  return (request) => {
    const known = made.get(request);
    if (known !== undefined) return known;
    const charge = make(request);
    made.set(request, charge);
    return charge;
  };
}

function tell(reply: FastifyReply, charge: RequestCharge | null, now: Date): void {
  if (!charge) return;
  const { limit, remaining, resetAt } = charge.standing();
  const seconds = Math.ceil(Math.max(0, resetAt.getTime() - now.getTime()) / 1000);
  reply.header('ratelimit-policy', `"default";q=${limit};w=60`);
  reply.header('ratelimit', `"default";r=${remaining};t=${seconds}`);
}
