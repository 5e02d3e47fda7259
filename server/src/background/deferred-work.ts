import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

type Work = () => Promise<void>;

/** Between which work begins after its answer. Milliseconds. */
export interface DeferralRange {
  readonly earliest: number;
  readonly latest: number;
}

export const DEFERRAL: DeferralRange = { earliest: 100, latest: 1000 };

/** Only a flood of requests reaches this limit; work beyond it is dropped to protect the memory. */
const MAXIMUM_WAITING = 1000;

export interface DeferredWork {
  /**
   * Runs the work after a random pause, so that the time of no answer tells what the work does: neither
   * of this one, which does not wait, nor of the next one. ASVS 6.3.8.
   */
  readonly later: (work: Work) => void;
  /** Ends all pauses and resolves once all work is done. */
  readonly finish: () => Promise<void>;
}

export function createDeferredWork(
  log: { warn(detail: object, message: string): void },
  { earliest, latest }: DeferralRange,
): DeferredWork {
  const waiting = new Set<Promise<void>>();
  const stopping = new AbortController();
  setMaxListeners(MAXIMUM_WAITING, stopping.signal);

  async function run(work: Work): Promise<void> {
    const pause = earliest + Math.random() * (latest - earliest);
    await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    await work().catch((error: unknown) => log.warn({ err: error }, 'Work after an answer failed'));
  }

  return {
    later: (work) => {
      if (waiting.size >= MAXIMUM_WAITING) {
        log.warn({}, 'There is too much work after answers; some was dropped');
        return;
      }
      const running = run(work).finally(() => waiting.delete(running));
      waiting.add(running);
    },
    finish: async () => {
      stopping.abort();
      await Promise.all(waiting);
    },
  };
}
