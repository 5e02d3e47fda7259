import { createHmac, type KeyObject } from 'node:crypto';
import { MoreThan } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { uniqueKey } from '../validation/normalize';
import { transaction } from '../database/transaction';
import { Session } from '../sessions/session.entity';
import { normalizeUsername } from '../users/user-columns';
import { addressGroup } from './address-group';
import { knownDeviceOf } from './known-device';
import { recordFailedAttempt } from './record-failed-attempt';
import { clearCounters, refundAttempt, reserveAttempt, type Counter } from './throttle';
import { ADDRESS_LIMIT, CODE_LIMIT, PASSWORD_LIMIT, type ThrottleLimit } from './throttle-limit';

export interface Attempt {
  /** Which credential is given; each is counted by itself. */
  readonly purpose: AttemptPurpose;
  /** The user, or the username that was typed when there is no such user; both are counted in the same way. */
  readonly account: { readonly userId: number } | { readonly username: string };
  /** Takes as long as verifying, so that the time does not tell a refused attempt from a wrong one. */
  readonly decoy?: () => Promise<unknown>;
}

export type AttemptPurpose = keyof typeof LIMITS;

const LIMITS = {
  password: PASSWORD_LIMIT,
  mfaCode: CODE_LIMIT,
  recoveryCode: CODE_LIMIT,
} as const satisfies Record<string, ThrottleLimit>;

/** For so long (ms) after a sign-in of a user its address is known for this user. */
const KNOWN_ADDRESS = 90 * 86_400_000;

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
  const { database, now } = context;
  const { own, shared } = await countersOf(context, attempt);
  const reserved = await reserveAttempt(database, [...own, ...shared], now);
  if (!reserved) {
    await attempt.decoy?.();
    return null;
  }
  const verified = await verify();
  if (verified === null) {
    const reservation = reserved.find(({ counter }) => own.includes(counter));
    if (reservation && 'userId' in attempt.account) {
      recordFailedAttempt(context, { userId: attempt.account.userId, proof: attempt.purpose, reservation });
    }
    return null;
  }
  await transaction(database, async (tx) => {
    await clearCounters(tx, own);
    // Only refunded: with an account of their own, an attacker could otherwise reset the limit for all others.
    if (shared.length > 0) await refundAttempt(tx, shared, now);
  });
  return verified;
}

interface Counters {
  /** Of the account: a success clears it. */
  readonly own: readonly Counter[];
  /** Of all accounts at an address: a success only refunds its own attempt. */
  readonly shared: readonly Counter[];
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
  // Also for unknown users, so that the time does not tell whether there is such a user.
  const isKnownAddress = await hasSignedInFromHere(context, userId ?? 0);
  const device = userId === null ? null : knownDeviceOf(context, userId);
  if (userId !== null && device !== null) return { own: [counter('device', userId, device)], shared: [] };
  if (userId !== null && isKnownAddress) {
    return { own: [counter('user at address', userId, origin.address)], shared: [] };
  }
  const address = keyOf(keys.throttle, ['address', addressGroup(origin.address)]);
  return {
    own: [
      'userId' in account
        ? counter('user', account.userId)
        : counter('username', uniqueKey(normalizeUsername(account.username))),
    ],
    shared: [{ key: address, userId: null, limit: ADDRESS_LIMIT }],
  };
}

function hasSignedInFromHere({ database, origin, now }: RequestContext, userId: number): Promise<boolean> {
  const since = new Date(now.getTime() - KNOWN_ADDRESS);
  return database.reader.existsBy(Session, {
    userId,
    address: origin.address,
    createdAt: MoreThan(since),
  });
}

function keyOf(key: KeyObject, what: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(JSON.stringify(what)).digest('hex');
}
