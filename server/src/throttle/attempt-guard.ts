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
  /** What is guessed; each is counted for itself. */
  readonly purpose: AttemptPurpose;
  /** The user, or whatever was typed when there is no such user: both are counted alike. */
  readonly account: { readonly userId: number } | { readonly username: string };
  /** As much work as verifying, where its time would tell a refused attempt from a wrong one. */
  readonly decoy?: () => Promise<unknown>;
}

export type AttemptPurpose = keyof typeof LIMITS;

const LIMITS = {
  password: PASSWORD_LIMIT,
  mfaCode: CODE_LIMIT,
  recoveryCode: CODE_LIMIT,
} as const satisfies Record<string, ThrottleLimit>;

/** For so long (ms) after a sign-in from there an address is known. */
const KNOWN_ADDRESS = 90 * 86_400_000;

/**
 * Lets somebody guess, but only so often: the attempt is counted before it is verified, and taken
 * back when it was right. A refused attempt verifies nothing. Must not run inside a transaction.
 * ASVS 6.3.1.
 * @param verify answers null when the guess was wrong, or throws
 * @returns what was verified; null when the guess was wrong and, alike, when it was refused
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
    // Not cleared: whoever has an account could otherwise clear the way for guessing at all others.
    if (shared.length > 0) await refundAttempt(tx, shared, now);
  });
  return verified;
}

interface Counters {
  /** Of the account: a success clears it. */
  readonly own: readonly Counter[];
  /** Of everybody at an address: a success only takes its own attempt back. */
  readonly shared: readonly Counter[];
}

/**
 * A stranger's guesses must not lock out the user himself (ASVS 6.3.1): on a device and at an address
 * where he has signed in before he has a counter of his own, which nobody else's guesses touch.
 */
async function countersOf(context: RequestContext, { purpose, account }: Attempt): Promise<Counters> {
  const { keys, origin } = context;
  const userId = 'userId' in account ? account.userId : null;
  const counter = (...what: readonly (string | number)[]): Counter => ({
    key: keyOf(keys.throttle, [purpose, ...what]),
    userId,
    limit: LIMITS[purpose],
  });
  // Asked for unknown users too, so that time tells nothing.
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
