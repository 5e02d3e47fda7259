export const MAXIMUM_ATTEMPTS = 10;

const SECOND = 1000;
const FIRST_DELAY = 15 * SECOND;
const LONGEST_DELAY = 4 * 3600 * SECOND;

/**
 * How long to wait after this many attempts (ms): 15 s, 1 min, 4 min and so on, at most 4 h, so that the
 * last attempt comes after some 17 hours. A quarter more or less at random, so that mails that failed
 * together are not all tried again at once.
 * @param chance from 0 to 1
 */
export function retryDelay(attempts: number, chance: number): number {
  const delay = Math.min(FIRST_DELAY * 4 ** (attempts - 1), LONGEST_DELAY);
  return Math.round(delay * (0.75 + chance / 2));
}
