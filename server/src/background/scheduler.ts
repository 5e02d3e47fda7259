/** What the service does again and again while it runs. */
export interface Job {
  /** For the log, when it fails. */
  readonly name: string;
  /** Milliseconds from one round to the next. */
  readonly every: number;
  /** One round; it may end early once the service stops. */
  readonly round: (stopping: AbortSignal) => Promise<unknown>;
}

/**
 * Does every chore in its turn; a round that fails is reported, and the next one comes all the same.
 * @returns how to stop; resolves when nothing is under way any more
 */
export function startScheduler(
  jobs: readonly Job[],
  log: { error(detail: object, message: string): void },
): () => Promise<void> {
  const stopping = new AbortController();
  const kept = jobs.map(({ name, every, round }) => {
    let underWay: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      underWay = underWay
        .then(() => round(stopping.signal))
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`));
    }, every).unref();
    return async () => {
      clearInterval(timer);
      await underWay;
    };
  });
  return async () => {
    stopping.abort();
    await Promise.all(kept.map((stop) => stop()));
  };
}
