import type { SignInThrottle } from './sign-in-throttle.entity';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const FIRST_BLOCK = SECOND;

/** How much guessing a counter bears. Times are milliseconds. */
export interface ThrottleLimit {
  /** So many wrong attempts in a row cost nothing; from then on each blocks twice as long as the last. */
  readonly freeAttempts: number;
  readonly longestBlock: number;
  /** After so long one failure is forgotten. */
  readonly forgetAfter: number;
}

/** At most about a hundred guesses a day: far from finding a password that follows the rule. */
export const PASSWORD_LIMIT: ThrottleLimit = {
  freeAttempts: 10,
  longestBlock: 15 * MINUTE,
  forgetAfter: HOUR,
};

/** Codes are short: ASVS 6.6.3. */
export const CODE_LIMIT: ThrottleLimit = { freeAttempts: 5, longestBlock: 15 * MINUTE, forgetAfter: HOUR };

/** Many people share an address, and every day some of them mistype. */
export const ADDRESS_LIMIT: ThrottleLimit = {
  freeAttempts: 100,
  longestBlock: 5 * MINUTE,
  forgetAfter: 30 * SECOND,
};

export type ThrottleState = Pick<SignInThrottle, 'forgottenAt' | 'blockedUntil'>;

/** The state with one more failure, or null when no attempt is allowed now. */
export function withFailure(limit: ThrottleLimit, state: ThrottleState, now: Date): ThrottleState | null {
  if (state.blockedUntil !== null && state.blockedUntil > now) return null;
  const failures = Math.min(failuresOf(limit, state, now) + 1, mostFailures(limit));
  const started = Math.max(state.forgottenAt.getTime(), now.getTime()) + limit.forgetAfter;
  const forgottenAt = Math.min(started, now.getTime() + failures * limit.forgetAfter);
  return { forgottenAt: new Date(forgottenAt), blockedUntil: blockAfter(limit, failures, now) };
}

/** The state without a failure that was counted in advance and did not come. */
export function withoutFailure(limit: ThrottleLimit, state: ThrottleState, now: Date): ThrottleState {
  const forgottenAt = new Date(state.forgottenAt.getTime() - limit.forgetAfter);
  const failures = failuresOf(limit, { ...state, forgottenAt }, now);
  return { forgottenAt, blockedUntil: failures < limit.freeAttempts ? null : state.blockedUntil };
}

function failuresOf({ forgetAfter }: ThrottleLimit, { forgottenAt }: ThrottleState, now: Date): number {
  return Math.max(0, Math.ceil((forgottenAt.getTime() - now.getTime()) / forgetAfter));
}

function blockAfter(limit: ThrottleLimit, failures: number, now: Date): Date | null {
  const keysetCondition = failures - limit.freeAttempts;
  if (keysetCondition < 0) return null;
  return new Date(now.getTime() + Math.min(FIRST_BLOCK * 2 ** keysetCondition, limit.longestBlock));
}

/** More would only take longer to be forgotten. */
function mostFailures({ freeAttempts, longestBlock }: ThrottleLimit): number {
  return freeAttempts + Math.ceil(Math.log2(longestBlock / FIRST_BLOCK));
}
