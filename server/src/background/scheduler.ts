/** Work that the service repeats while it runs. */
export interface Job {
  /** Names the job in the log when a run fails. */
  readonly name: string;
  /** Milliseconds from the start of one run to the next. */
  readonly every: number;
  /** May end early once the signal is aborted, because the service stops. */
  readonly run: (stopping: AbortSignal) => Promise<unknown>;
}

/**
 * Runs every job at its interval, never twice at once. A failed run is logged; the next one still follows.
 * @returns how to stop; resolves once every run under way has ended
 */
export function startScheduler(
  jobs: readonly Job[],
  log: { error(detail: object, message: string): void },
): () => Promise<void> {
  const stopping = new AbortController();
  const stopJobs = jobs.map(({ name, every, run }) => {
    let underWay: Promise<unknown> = Promise.resolve();
    const interval = setInterval(() => {
      underWay = underWay
        .then(() => run(stopping.signal))
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`));
    }, every).unref();
    return async () => {
      clearInterval(interval);
      await underWay;
    };
  });
  return async () => {
    stopping.abort();
    await Promise.all(stopJobs.map((stop) => stop()));
  };
}
