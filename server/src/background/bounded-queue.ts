import { overloaded } from '../errors';

export interface QueueLimits {
  /** So many pieces of work run at once. */
  readonly atOnce: number;
  /**
   * So many requests may hold a place, those whose work runs among them; fewer when the work takes so long of late that
   * the last of them would lose patience. What they did before would be done for nothing.
   */
  readonly places: number;
  /** For so long (ms) a piece of work waits for its turn. */
  readonly patience: number;
}

/** Costly work of one request, which waits for its turn among that of the others. */
export interface Turns {
  /**
   * Takes a place, which the request keeps until it ends. To be called before anything is done for work that could
   * then find no place.
   * @throws GraphQLError OVERLOADED when no place is free, or the client has gone
   */
  admit(): void;
  /**
   * Does the work when its turn comes.
   * @throws GraphQLError OVERLOADED also when the turn does not come in time; then nothing was done
   */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Takes as long as work of late did, without taking a turn from anyone. */
  pretend(work: () => Promise<unknown>): Promise<void>;
}

export interface BoundedQueue {
  /** Whether whoever comes now finds no place. */
  readonly isFull: boolean;
  /** @param over is aborted when the request ends, or when its client has gone */
  turnsFor(over: AbortSignal): Turns;
}

/** Milliseconds. */
interface Duration {
  /** With the wait for its turn. */
  readonly took: number;
  readonly worked: number;
  readonly at: number;
}

/** So many durations are remembered, and for so long (ms). */
const REMEMBERED = 32;
const MEMORY = 60_000;

/**
 * Lets no more work be under way than the machine can do in a time that people wait for, so that a flood of
 * requests is refused at once, instead of delaying all of them. First come, first served.
 */
export function createBoundedQueue({ atOnce, places, patience }: QueueLimits): BoundedQueue {
  const waiting = new Set<() => void>();
  const durations: Duration[] = [];
  let running = 0;
  let taken = 0;

  function waitForTurn(over: AbortSignal): Promise<void> {
    if (running < atOnce) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(start);
        clearTimeout(timer);
        over.removeEventListener('abort', giveUp);
      };
      const start = () => {
        leave();
        running += 1;
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(overloaded());
      };
      const timer = setTimeout(giveUp, patience);
      over.addEventListener('abort', giveUp);
      waiting.add(start);
    });
  }

  function endTurn(): void {
    running -= 1;
    const [next] = waiting;
    next?.();
  }

  function recentDurations(): Duration[] {
    return durations.filter(({ at }) => at > performance.now() - MEMORY);
  }

  function isFull(): boolean {
    if (taken >= places) return true;
    const recent = recentDurations();
    if (taken < 2 * atOnce || recent.length === 0) return false;
    const usual = recent.reduce((total, { worked }) => total + worked, 0) / recent.length;
    return (taken / atOnce) * usual > patience;
  }

  /** Of one of the last pieces of work, at random; null when there was none for a while. */
  function recentDuration(): number | null {
    const recent = recentDurations();
    return recent[Math.floor(Math.random() * recent.length)]?.took ?? null;
  }

  function turnsFor(over: AbortSignal): Turns {
    let isAdmitted = false;

    function admit(): void {
      if (over.aborted) throw overloaded();
      if (isAdmitted) return;
      if (isFull()) throw overloaded();
      isAdmitted = true;
      taken += 1;
      over.addEventListener('abort', () => (taken -= 1), { once: true });
    }

    async function take<T>(work: () => Promise<T>): Promise<T> {
      admit();
      const asked = performance.now();
      await waitForTurn(over);
      const begun = performance.now();
      try {
        return await work();
      } finally {
        endTurn();
        const at = performance.now();
        durations.push({ took: at - asked, worked: at - begun, at });
        if (durations.length > REMEMBERED) durations.shift();
      }
    }

    async function pretend(work: () => Promise<unknown>): Promise<void> {
      const duration = recentDuration();
      // Once a minute for real, so that there is something to go by.
      if (duration === null) await take(work);
      else await new Promise((resolve) => setTimeout(resolve, duration));
    }

    return { admit, take, pretend };
  }

  return {
    turnsFor,
    get isFull() {
      return isFull();
    },
  };
}
