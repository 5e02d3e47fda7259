import type { SignInThrottle } from './sign-in-throttle.entity';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const FIRST_BLOCK = SECOND;

/** How many failed attempts a counter allows. Times are milliseconds. */
export interface ThrottleLimit {
  /** So many failures do not block; from then on each failure blocks for twice as long as the last one. */
  readonly freeAttempts: number;
  readonly longestBlock: number;
  /** The count falls by one failure in this time. */
  readonly decayInterval: number;
}

/** Allows about a hundred attempts a day, too few to find a password that follows the policy. */
export const PASSWORD_LIMIT: ThrottleLimit = {
  freeAttempts: 10,
  longestBlock: 15 * MINUTE,
  decayInterval: HOUR,
};

/** Fewer than for passwords, because codes are short. ASVS 6.6.3. */
export const CODE_LIMIT: ThrottleLimit = { freeAttempts: 5, longestBlock: 15 * MINUTE, decayInterval: HOUR };

const QUARTER = 15 * MINUTE;

/** Of all devices of one account together: one device alone never gets there, since it is blocked for as long itself. */
export const PASSWORD_LIMIT_OF_DEVICES: ThrottleLimit = {
  freeAttempts: 30,
  longestBlock: QUARTER,
  decayInterval: QUARTER,
};

/** The same for codes. */
export const CODE_LIMIT_OF_DEVICES: ThrottleLimit = { ...PASSWORD_LIMIT_OF_DEVICES, freeAttempts: 20 };

/** More than for one account, because many people share an address and some of them mistype. */
export const ADDRESS_LIMIT: ThrottleLimit = {
  freeAttempts: 100,
  longestBlock: 5 * MINUTE,
  decayInterval: 30 * SECOND,
};

export type ThrottleState = Pick<SignInThrottle, 'expiresAt' | 'blockedUntil'>;

/** The state with one more failure, or null when no attempt is allowed now. */
export function withFailure(limit: ThrottleLimit, state: ThrottleState, now: Date): ThrottleState | null {
  if (state.blockedUntil !== null && state.blockedUntil > now) return null;
  const failures = Math.min(failuresOf(limit, state, now) + 1, maximumFailures(limit));
  const started = Math.max(state.expiresAt.getTime(), now.getTime()) + limit.decayInterval;
  const expiresAt = Math.min(started, now.getTime() + failures * limit.decayInterval);
  return { expiresAt: new Date(expiresAt), blockedUntil: blockAfter(limit, failures, now) };
}

/** The state without a failure that was counted in advance for an attempt that then succeeded. */
export function withoutFailure(limit: ThrottleLimit, state: ThrottleState, now: Date): ThrottleState {
  const expiresAt = new Date(state.expiresAt.getTime() - limit.decayInterval);
  const failures = failuresOf(limit, { ...state, expiresAt }, now);
  return { expiresAt, blockedUntil: failures < limit.freeAttempts ? null : state.blockedUntil };
}

function failuresOf({ decayInterval }: ThrottleLimit, { expiresAt }: ThrottleState, now: Date): number {
  return Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / decayInterval));
}

function blockAfter(limit: ThrottleLimit, failures: number, now: Date): Date | null {
  const doublings = failures - limit.freeAttempts;
  if (doublings < 0) return null;
  return new Date(now.getTime() + Math.min(FIRST_BLOCK * 2 ** doublings, limit.longestBlock));
}

/** The longest block is reached then; counting more would only delay the expiry. */
function maximumFailures({ freeAttempts, longestBlock }: ThrottleLimit): number {
  return freeAttempts + Math.ceil(Math.log2(longestBlock / FIRST_BLOCK));
}
