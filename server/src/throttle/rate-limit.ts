import type { RequestContext } from '../request/request-context';
import type { AddressLimits } from '../config/config';
import { transaction } from '../database/transaction';
import { addressGroup } from './address-group';
import { counterKey } from './counter-key';
import { countRequest, type Counter } from './throttle';

/** What is limited for each address. */
export type LimitedRequest = keyof AddressLimits;

const MINUTE = 60_000;

/** Counts the requests of one kind from the address of this one, whether they succeed or not; null without a limit. */
export function requestCounter(
  { keys, origin, addressLimits }: RequestContext,
  request: LimitedRequest,
): Counter | null {
  const perMinute = addressLimits[request];
  if (perMinute === Infinity) return null;
  return {
    key: counterKey(keys.throttle, ['requests', request, addressGroup(origin.address)]),
    userId: null,
    purpose: request,
    limit: { freeAttempts: perMinute, decayInterval: MINUTE / perMinute, longestBlock: MINUTE },
  };
}

/**
 * Counts this request, and refuses it when its address has made too many. Must not run inside a transaction, which
 * would take the count back when it fails.
 * @throws GraphQLError RATE_LIMITED
 */
export async function limitRequests(context: RequestContext, request: LimitedRequest): Promise<void> {
  const { database, now } = context;
  const counter = requestCounter(context, request);
  if (counter) await transaction(database, (tx) => countRequest(tx, counter, now));
}
