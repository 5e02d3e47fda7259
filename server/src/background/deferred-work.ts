import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

type Work = () => Promise<void>;

/** Between which times work begins after its answer. Milliseconds. */
export interface DeferralRange {
  readonly earliest: number;
  readonly latest: number;
  /** So many pieces of work wait at most. */
  readonly most?: number;
}

export const DEFERRAL: DeferralRange = { earliest: 100, latest: 1000 };

/** Only a flood of requests reaches this limit; work beyond it is dropped to protect the memory. */
const MOST_WAITING = 1000;

export interface DeferredWork {
  /**
   * Runs the work after a random pause, so that the time of no answer tells what the work does: neither
   * of this one, which does not wait, nor of the next one. ASVS 6.3.8.
   */
  readonly later: (work: Work) => void;
  /** Ends all pauses and resolves once all work is done. */
  readonly finish: () => Promise<void>;
}

/** @param what names the work in the log, in the plural */
export function createDeferredWork(
  what: string,
  log: { warn(detail: object, message: string): void },
  { earliest, latest, most = MOST_WAITING }: DeferralRange,
): DeferredWork {
  const waiting = new Set<Promise<void>>();
  let isDropping = false;
  const stopping = new AbortController();
  setMaxListeners(most, stopping.signal);

  async function run(work: Work): Promise<void> {
    const pause = earliest + Math.random() * (latest - earliest);
    await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    await work().catch((error: unknown) => log.warn({ err: error }, 'Work after an answer failed'));
  }

  return {
    later: (work) => {
      if (waiting.size >= most) {
        // Once for each flood: a line for each piece would be one more thing to flood.
        if (!isDropping) log.warn({}, `There are too many ${what}; some are dropped`);
        isDropping = true;
        return;
      }
      const running = run(work).finally(() => {
        waiting.delete(running);
        if (waiting.size === 0) isDropping = false;
      });
      waiting.add(running);
    },
    finish: async () => {
      stopping.abort();
      await Promise.all(waiting);
    },
  };
}
