import { In, MoreThan, type EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { rateLimited } from '../errors';
import { SignInThrottle } from './sign-in-throttle.entity';
import { withFailure, withoutFailure, type ThrottleLimit, type ThrottleState } from './throttle-limit';

/** The columns that a count changes. */
const WRITTEN = ['forgotten_at', 'blocked_until'] as const;

export interface Counter {
  readonly key: string;
  /** The user of the account, or null for an unknown username or an address. */
  readonly userId: number | null;
  readonly limit: ThrottleLimit;
  /** The credential that is given, or the request that is counted. */
  readonly purpose: string;
}

/** The purpose of the counters that can be cleared. */
export const PASSWORD_PURPOSE = 'password';

/** What one attempt counts at. */
export interface Counters {
  /** Of the account: a success clears it. */
  readonly own: Counter;
  /** Of all accounts at an address: a success only refunds its own attempt. */
  readonly shared: Counter | null;
  /** Of all requests of the kind at an address, those that succeed too: nothing is ever taken back. */
  readonly requests: Counter | null;
}

interface CounterState {
  readonly counter: Counter;
  readonly state: ThrottleState;
}

/** A counter after a failure was counted in advance. */
export interface Reservation extends CounterState {
  /** Whether this failure is the first one that blocks; later ones only block for longer. */
  readonly startsBlocking: boolean;
}

export interface ReservedAttempt {
  readonly own: Reservation;
  readonly shared: Reservation | null;
}

/**
 * Counts one failure at every counter before anything is verified, so that the limit also holds for many
 * attempts at once, on any number of instances.
 * @returns null when one of the counters allows no attempt now; then nothing is counted
 * @throws GraphQLError RATE_LIMITED when the address has made too many requests; then nothing is counted either
 */
export async function reserveAttempt(
  database: Database,
  { own, shared, requests }: Counters,
  now: Date,
): Promise<ReservedAttempt | null> {
  const counters = shared ? [own, shared] : [own];
  return transaction(database, async (tx) => {
    const all = await lockCounters(tx, requests ? [...counters, requests] : counters, now);
    const locked = all.slice(0, counters.length);
    const ofRequests = all.slice(counters.length).map((state) => requestReservation(state, now));
    const reservations = locked
      .map((before) => reservationOf(before, now))
      .filter((reservation) => reservation !== null);
    const isAllowed = reservations.length === counters.length;
    // Written even when unchanged, so that a refused attempt takes as long as a wrong one.
    await upsert(tx, [...(isAllowed ? reservations : locked), ...ofRequests], WRITTEN);
    const [ofAccount, ofAddress = null] = reservations;
    return isAllowed && ofAccount ? { own: ofAccount, shared: ofAddress } : null;
  });
}

/**
 * Counts a request at this counter alone.
 * @throws GraphQLError RATE_LIMITED
 */
export async function countRequest(tx: EntityManager, requests: Counter, now: Date): Promise<void> {
  const locked = await lockCounters(tx, [requests], now);
  const counted = locked.map((state) => requestReservation(state, now));
  await upsert(tx, counted, WRITTEN);
}

/** @throws GraphQLError RATE_LIMITED */
function requestReservation(before: CounterState, now: Date): CounterState {
  const reservation = reservationOf(before, now);
  if (!reservation) throw rateLimited(now, before.state.blockedUntil ?? now, 'tooMany');
  return reservation;
}

function reservationOf({ counter, state: before }: CounterState, now: Date): Reservation | null {
  const state = withFailure(counter.limit, before, now);
  const startsBlocking = state !== null && state.blockedUntil !== null && before.blockedUntil === null;
  return state && { counter, state, startsBlocking };
}

/**
 * Clears the counter of the account, and refunds the failure that was counted in advance at the shared one.
 * Only refunded: with an account of their own, an attacker could otherwise reset the limit for all others.
 */
export async function settleAttempt(
  tx: EntityManager,
  { own, shared }: ReservedAttempt,
  now: Date,
): Promise<void> {
  if (!shared) {
    await tx.update(SignInThrottle, { throttleKey: own.counter.key }, clearedAt(now));
    return;
  }
  // One statement for both, unless another attempt has been counted at the shared one since.
  const { affected } = await tx
    .createQueryBuilder()
    .update(SignInThrottle)
    .set({
      blockedUntil: null,
      expiresAt: () => 'CASE throttle_key WHEN :own THEN :now ELSE :refunded END',
    })
    .where('throttleKey = :own')
    .orWhere('(throttleKey = :shared AND expiresAt = :reserved AND blockedUntil IS NULL)')
    .setParameters({
      own: own.counter.key,
      now,
      shared: shared.counter.key,
      reserved: shared.state.expiresAt,
      refunded: withoutFailure(shared.counter.limit, shared.state, now).expiresAt,
    })
    .execute();
  if (affected !== 2) await refundAttempt(tx, shared.counter, now);
}

/** Takes back what was counted in advance for an attempt that was not verified. */
export async function cancelAttempt(
  tx: EntityManager,
  { own, shared }: ReservedAttempt,
  now: Date,
): Promise<void> {
  await refundAttempt(tx, own.counter, now);
  if (shared) await refundAttempt(tx, shared.counter, now);
}

async function refundAttempt(tx: EntityManager, counter: Counter, now: Date): Promise<void> {
  for (const { state } of await lockCounters(tx, [counter], now)) {
    const refunded = withoutFailure(counter.limit, state, now);
    await tx.update(SignInThrottle, { throttleKey: counter.key }, refunded);
  }
}

/**
 * Clears the wrong passwords of a user, and never the wrong codes. The rows stay until they are purged, because
 * settleAttempt counts on finding that of the account.
 * @returns how many counters had failed attempts
 */
export async function clearPasswordCounters(tx: EntityManager, userId: number, now: Date): Promise<number> {
  const unexpired = { userId, purpose: PASSWORD_PURPOSE, expiresAt: MoreThan(now) };
  return (await tx.update(SignInThrottle, unexpired, clearedAt(now))).affected ?? 0;
}

function clearedAt(now: Date): ThrottleState {
  return { expiresAt: now, blockedUntil: null };
}

/**
 * Reads the rows of these counters, and locks them until the transaction ends. An upsert that changes
 * nothing locks on both engines, inserts missing rows, and conflicts between the nodes of a cluster. To be
 * called before the first SELECT, because that fixes the snapshot that a MySQL transaction reads.
 */
async function lockCounters(
  tx: EntityManager,
  counters: readonly Counter[],
  now: Date,
): Promise<CounterState[]> {
  const missing = counters.map((counter) => ({ counter, state: clearedAt(now) }));
  await upsert(tx, missing, ['throttle_key']);
  const rows = await tx.findBy(SignInThrottle, { throttleKey: In(counters.map(({ key }) => key)) });
  const byKey = new Map(rows.map((row) => [row.throttleKey, row]));
  return counters.map((counter) => {
    const state = byKey.get(counter.key);
    if (!state) throw new Error('A counter that was just locked is missing.');
    return { counter, state };
  });
}

/** Writes all rows at once and in one order, which prevents deadlocks. */
async function upsert(
  tx: EntityManager,
  counters: readonly CounterState[],
  overwritten: readonly ('throttle_key' | (typeof WRITTEN)[number])[],
): Promise<void> {
  const rows = counters.map(({ counter, state }) => ({
    throttleKey: counter.key,
    userId: counter.userId,
    purpose: counter.purpose,
    expiresAt: state.expiresAt,
    blockedUntil: state.blockedUntil,
  }));
  await tx
    .createQueryBuilder()
    .insert()
    .into(SignInThrottle)
    .values(rows.sort((a, b) => (a.throttleKey < b.throttleKey ? -1 : 1)))
    .orUpdate([...overwritten], ['throttle_key'])
    .updateEntity(false)
    .execute();
}
