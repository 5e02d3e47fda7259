import type { EntityManager } from 'typeorm';
import { isOverloaded } from '../errors';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { isKnownAddress } from '../sessions/known-address';
import { usernameKey } from '../users/user-columns';
import { addressGroup } from './address-group';
import { counterKey } from './counter-key';
import { knownDeviceOf } from './known-device';
import { recordFailedAttempt } from './record-failed-attempt';
import { requestCounter, type LimitedRequest } from './rate-limit';
import {
  cancelAttempt,
  reserveAttempt,
  settleAttempt,
  type Counter,
  type Counters,
  type ReservedAttempt,
} from './throttle';
import { ADDRESS_LIMIT, CODE_LIMIT, PASSWORD_LIMIT, type ThrottleLimit } from './throttle-limit';

export interface Attempt {
  /** Which credential is given; each is counted by itself. */
  readonly purpose: AttemptPurpose;
  /** The user, or the username that was typed when there is no such user; both are counted in the same way. */
  readonly account: AttemptedUser | { readonly username: string };
  /** What its address may do so often only, whether it succeeds or not. */
  readonly counted?: LimitedRequest;
  /** Takes as long as verifying, so that the time does not tell a refused attempt from a wrong one. */
  readonly decoy?: () => Promise<unknown>;
}

interface AttemptedUser {
  readonly userId: number;
  /** Whether they have signed in from this address before; looked up when absent. */
  readonly isKnownAddress?: boolean;
}

export type AttemptPurpose = keyof typeof LIMITS;

const LIMITS = {
  password: PASSWORD_LIMIT,
  mfaCode: CODE_LIMIT,
  recoveryCode: CODE_LIMIT,
} as const satisfies Record<string, ThrottleLimit>;

/** An attempt that succeeded. It counts as failed until it is settled. */
export interface SuccessfulAttempt<T> {
  readonly verified: T;
  /** To be called in the transaction that uses what was verified, or in one of its own. */
  readonly settle: (tx: EntityManager) => Promise<void>;
}

/**
 * Limits failed attempts: an attempt is counted as failed before it is verified, and refunded when it
 * succeeds. An attempt beyond the limit is refused without verifying. Must not run inside a transaction.
 * ASVS 6.3.1.
 * @throws GraphQLError RATE_LIMITED, and OVERLOADED when `verify` does; then the attempt does not count as failed
 * @param verify returns null when the credential was wrong, or throws
 * @returns the result of `verify`; null when the credential was wrong or the attempt was refused
 */
export async function guardedAttempt<T>(
  context: RequestContext,
  attempt: Attempt,
  verify: () => Promise<T | null>,
): Promise<T | null> {
  const successful = await countedAttempt(context, attempt, verify);
  if (!successful) return null;
  await transaction(context.database, successful.settle);
  return successful.verified;
}

/** The same, but the caller settles an attempt that succeeds. */
export async function countedAttempt<T>(
  context: RequestContext,
  attempt: Attempt,
  verify: () => Promise<T | null>,
): Promise<SuccessfulAttempt<T> | null> {
  const { database, now } = context;
  const reserved = await reserveAttempt(database, await countersOf(context, attempt), now);
  if (!reserved) {
    await attempt.decoy?.();
    return null;
  }
  const verified = await verify().catch((error: unknown) => cancelIfOverloaded(context, reserved, error));
  if (verified !== null) return { verified, settle: (tx) => settleAttempt(tx, reserved, now) };
  if ('userId' in attempt.account) {
    const { userId } = attempt.account;
    recordFailedAttempt(context, { userId, proof: attempt.purpose, reservation: reserved.own });
  }
  return null;
}

/** Takes an attempt back whose turn never came: the credential was not looked at. Throws what it was given. */
async function cancelIfOverloaded(
  { database, now }: RequestContext,
  reserved: ReservedAttempt,
  error: unknown,
): Promise<never> {
  if (isOverloaded(error)) await transaction(database, (tx) => cancelAttempt(tx, reserved, now));
  throw error;
}

/**
 * The counters of an attempt. Failed attempts of a stranger must not lock out the users themselves (ASVS
 * 6.3.1), so users have separate counters on devices and at addresses where they have signed in before.
 */
async function countersOf(
  context: RequestContext,
  { purpose, account, counted }: Attempt,
): Promise<Counters> {
  const { keys, origin } = context;
  const requests = counted ? requestCounter(context, counted) : null;
  const userId = 'userId' in account ? account.userId : null;
  const counter = (...what: readonly (string | number)[]): Counter => ({
    key: counterKey(keys.throttle, [purpose, ...what]),
    userId,
    limit: LIMITS[purpose],
  });
  const device = userId === null ? null : knownDeviceOf(context, userId);
  if (userId !== null && device !== null)
    return { own: counter('device', userId, device), shared: null, requests };
  if ('userId' in account && (await comesFromKnownAddress(context, account))) {
    return { own: counter('user at address', account.userId, origin.address), shared: null, requests };
  }
  const address = counterKey(keys.throttle, ['address', addressGroup(origin.address)]);
  return {
    own:
      'userId' in account
        ? counter('user', account.userId)
        : counter('username', usernameKey(account.username)),
    shared: { key: address, userId: null, limit: ADDRESS_LIMIT },
    requests,
  };
}

async function comesFromKnownAddress(context: RequestContext, account: AttemptedUser): Promise<boolean> {
  return account.isKnownAddress ?? isKnownAddress(context.database.reader, account.userId, context);
}
