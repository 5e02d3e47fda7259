import { createHmac, type KeyObject } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { uniqueKey } from '../validation/normalize';
import { transaction } from '../database/transaction';
import { isKnownAddress } from '../sessions/known-address';
import { normalizeUsername } from '../users/user-columns';
import { addressGroup } from './address-group';
import { knownDeviceOf } from './known-device';
import { recordFailedAttempt } from './record-failed-attempt';
import { reserveAttempt, settleAttempt, type Counter, type Counters } from './throttle';
import { ADDRESS_LIMIT, CODE_LIMIT, PASSWORD_LIMIT, type ThrottleLimit } from './throttle-limit';

export interface Attempt {
  /** Which credential is given; each is counted by itself. */
  readonly purpose: AttemptPurpose;
  /** The user, or the username that was typed when there is no such user; both are counted in the same way. */
  readonly account: AttemptedUser | { readonly username: string };
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
  const verified = await verify();
  if (verified !== null) return { verified, settle: (tx) => settleAttempt(tx, reserved, now) };
  if ('userId' in attempt.account) {
    const { userId } = attempt.account;
    recordFailedAttempt(context, { userId, proof: attempt.purpose, reservation: reserved.own });
  }
  return null;
}

/**
 * The counters of an attempt. Failed attempts of a stranger must not lock out the users themselves (ASVS
 * 6.3.1), so users have separate counters on devices and at addresses where they have signed in before.
 */
async function countersOf(context: RequestContext, { purpose, account }: Attempt): Promise<Counters> {
  const { keys, origin } = context;
  const userId = 'userId' in account ? account.userId : null;
  const counter = (...what: readonly (string | number)[]): Counter => ({
    key: keyOf(keys.throttle, [purpose, ...what]),
    userId,
    limit: LIMITS[purpose],
  });
  const device = userId === null ? null : knownDeviceOf(context, userId);
  if (userId !== null && device !== null) return { own: counter('device', userId, device), shared: null };
  if ('userId' in account && (await comesFromKnownAddress(context, account))) {
    return { own: counter('user at address', account.userId, origin.address), shared: null };
  }
  const address = keyOf(keys.throttle, ['address', addressGroup(origin.address)]);
  return {
    own:
      'userId' in account
        ? counter('user', account.userId)
        : counter('username', uniqueKey(normalizeUsername(account.username))),
    shared: { key: address, userId: null, limit: ADDRESS_LIMIT },
  };
}

async function comesFromKnownAddress(context: RequestContext, account: AttemptedUser): Promise<boolean> {
  return account.isKnownAddress ?? isKnownAddress(context.database.reader, account.userId, context);
}

function keyOf(key: KeyObject, what: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(JSON.stringify(what)).digest('hex');
}
