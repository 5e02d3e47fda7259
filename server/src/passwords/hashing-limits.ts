import type { QueueLimits } from '../background/bounded-queue';

/** Node hashes on four threads, which files and names of hosts need, too. */
const MOST_AT_ONCE = 3;

/** So many hashes of some 25 ms each fit into the patience below. */
const PLACES_PER_HASH = 20;

/** Milliseconds. */
const PATIENCE = 700;

/**
 * How many passwords are hashed at once, and how many wait. One core is left to all other requests.
 * @param atOnce from the configuration; null: follows from the number of cores
 */
export function hashingLimits(atOnce: number | null, cores: number): QueueLimits {
  const limit = atOnce ?? Math.max(1, Math.min(cores - 1, MOST_AT_ONCE));
  return { atOnce: limit, places: limit * PLACES_PER_HASH, patience: PATIENCE };
}
