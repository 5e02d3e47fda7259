import type { EntityManager } from 'typeorm';
import { isOverloaded } from '../errors';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { findAcquaintance, type Acquaintance } from '../sessions/known-address';
import { usernameKey } from '../users/user-columns';
import { addressGroup } from './address-group';
import { counterKey } from './counter-key';
import { knownDeviceOf } from './known-device';
import { recordFailedAttempt, type TriedUser } from './record-failed-attempt';
import { requestCounter, type LimitedRequest } from './rate-limit';
import {
  cancelAttempt,
  PASSWORD_PURPOSE,
  reserveAttempt,
  settleAttempt,
  type Counter,
  type Counters,
  type ReservedAttempt,
} from './throttle';
import {
  ADDRESS_LIMIT,
  CODE_LIMIT,
  CODE_LIMIT_OF_DEVICES,
  PASSWORD_LIMIT,
  PASSWORD_LIMIT_OF_DEVICES,
  type ThrottleLimit,
} from './throttle-limit';

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
  readonly user: TriedUser;
  /** Looked up when absent. */
  readonly acquaintance?: Acquaintance;
}

export type AttemptPurpose = keyof typeof LIMITS;

const LIMITS = {
  [PASSWORD_PURPOSE]: { own: PASSWORD_LIMIT, allDevices: PASSWORD_LIMIT_OF_DEVICES },
  mfaCode: { own: CODE_LIMIT, allDevices: CODE_LIMIT_OF_DEVICES },
  recoveryCode: { own: CODE_LIMIT, allDevices: CODE_LIMIT_OF_DEVICES },
} as const satisfies Record<string, { readonly own: ThrottleLimit; readonly allDevices: ThrottleLimit }>;

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
  const counters = await countersOf(context, attempt);
  const reserved = await reserveAttempt(database, counters, now);
  if (!reserved) {
    await attempt.decoy?.();
    await recordFailedAttempt(context, counters.own.key, null);
    return null;
  }
  const verified = await verify().catch((error: unknown) => cancelIfOverloaded(context, reserved, error));
  if (verified !== null) return { verified, settle: (tx) => settleAttempt(tx, reserved, now) };
  const { account, purpose } = attempt;
  const failed = 'user' in account ? { user: account.user, proof: purpose, reservation: reserved.own } : null;
  await recordFailedAttempt(context, counters.own.key, failed);
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
  const [user, username] = 'user' in account ? [account.user, ''] : [null, account.username];
  const limits = LIMITS[purpose];
  const counter = (limit: ThrottleLimit, ...what: readonly (string | number)[]): Counter => ({
    key: counterKey(keys.throttle, [purpose, ...what]),
    userId: user?.id ?? null,
    purpose,
    limit,
  });
  const known = 'user' in account ? await acquaintanceOf(context, account) : null;
  if (user && known) {
    const { signInGeneration, isKnownAddress } = known;
    const device = knownDeviceOf(context, { userId: user.id, signInGeneration });
    if (device !== null) {
      const shared = counter(limits.allDevices, 'all devices', user.id);
      return { own: counter(limits.own, 'device', user.id, device), shared, requests };
    }
    if (isKnownAddress) {
      return { own: counter(limits.own, 'user at address', user.id, origin.address), shared: null, requests };
    }
  }
  const address = counterKey(keys.throttle, ['address', addressGroup(origin.address)]);
  return {
    own: user ? counter(limits.own, 'user', user.id) : counter(limits.own, 'username', usernameKey(username)),
    shared: { key: address, userId: null, purpose: 'address', limit: ADDRESS_LIMIT },
    requests,
  };
}

async function acquaintanceOf(
  context: RequestContext,
  { user, acquaintance }: AttemptedUser,
): Promise<Acquaintance | null> {
  return acquaintance ?? findAcquaintance(context.database.reader, user.id, context);
}
