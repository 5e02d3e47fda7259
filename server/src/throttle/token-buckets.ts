/** Milliseconds in which an empty bucket fills. */
const WINDOW = 60_000;

/** So many callers are remembered, which needs some 20 MB; then those who called longest ago are forgotten. */
const MOST_BUCKETS = 100_000;

interface Bucket {
  /** So many points were missing in it at that time. */
  readonly missing: number;
  /** Milliseconds of the clock. */
  readonly at: number;
}

/** What is in a bucket. */
export interface Level {
  readonly remaining: number;
  /** When it is full again, if nothing more is taken. */
  readonly fullAt: Date;
}

/**
 * One bucket for each caller, in the memory of this process. Each holds as many points as may be asked for in a minute,
 * fills evenly, and is forgotten when it is full, since a caller who is not known has a full one.
 */
export class TokenBuckets {
  /** In the order of their last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    readonly capacity: number,
    private readonly mostBuckets = MOST_BUCKETS,
  ) {}

  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes points, or none when there are too few.
   * @returns milliseconds until there are enough; 0: they were taken
   */
  take(key: string, points: number, now: Date): number {
    const missing = this.#missing(key, now) + points;
    const excess = missing - this.capacity;
    if (excess > 0) return (excess * WINDOW) / this.capacity;
    this.#buckets.delete(key);
    this.#buckets.set(key, { missing, at: now.getTime() });
    this.#forget(now);
    return 0;
  }

  look(key: string, now: Date): Level {
    const missing = this.#missing(key, now);
    return {
      remaining: Math.floor(this.capacity - missing),
      fullAt: new Date(now.getTime() + Math.ceil((missing * WINDOW) / this.capacity)),
    };
  }

  #missing(key: string, now: Date): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return 0;
    // A clock that was set back fills nothing, and takes nothing either.
    const passed = Math.max(0, now.getTime() - bucket.at);
    return Math.max(0, bucket.missing - (passed * this.capacity) / WINDOW);
  }

  /** Looks at two of the oldest for each that is used, so that no call has to look at all of them. */
  #forget(now: Date): void {
    const oldest = this.#buckets.keys();
    for (let looked = 0; looked < 2; looked += 1) {
      const key = oldest.next().value;
      if (key === undefined) return;
      if (this.#missing(key, now) > 0 && this.#buckets.size <= this.mostBuckets) return;
      this.#buckets.delete(key);
    }
  }
}
