import { rateLimited } from '../errors';
import type { CallerLimit, CallerStanding } from '../request/request-context';
import type { TokenBuckets } from '../throttle/token-buckets';

/** What one request takes from the bucket of its caller: a point when it comes, the rest once its cost is known. */
export class RequestCharge implements CallerLimit {
  #cost = 1;

  constructor(
    private readonly buckets: TokenBuckets,
    private readonly key: string,
    private readonly clock: () => Date,
  ) {}

  /** @returns milliseconds until the caller may ask again; 0: the request may go on */
  admit(): number {
    return this.buckets.take(this.key, 1, this.clock());
  }

  charge(cost: number): void {
    this.#cost = Math.max(1, cost);
    const now = this.clock();
    // Who has a full bucket may ask for whatever the limit of one operation allows.
    const wait = this.buckets.take(this.key, Math.min(this.#cost, this.buckets.capacity) - 1, now);
    if (wait > 0) throw rateLimited(now, new Date(now.getTime() + wait), 'usedUp');
  }

  standing(): CallerStanding {
    const { remaining, fullAt } = this.buckets.look(this.key, this.clock());
    return { cost: this.#cost, limit: this.buckets.capacity, remaining, resetAt: fullAt };
  }
}
