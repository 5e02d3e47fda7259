import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../config/explain-failure';
import { overloaded } from '../errors';
import { BoundConnection } from './bound-connection';
import { driverErrorCode } from './driver-error';
import { knownVariables, SessionSettings } from './mysql-session';

/** For so long (ms) a request waits for a connection. */
const PATIENCE = 3000;

/** Each statement that a connection keeps prepared counts for the server's `max_prepared_stmt_count`. */
const KEPT_STATEMENTS = 100;

/** The server has no room for one more connection; one of ours may become free before. */
const NO_ROOM = new Set([
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_USER_LIMIT_REACHED',
  'ER_OUT_OF_RESOURCES',
]);

type Done<Value> = (error: Error | null, value?: Value) => void;

/** What TypeORM takes for mysql2. */
export const mysqlDriver = { createPool: (options: PoolOptions) => new SessionPool(options) };

/**
 * A pool whose connections all have the session that we rely on. Those who find all of them in use wait in order, and
 * not for ever.
 */
export class SessionPool {
  readonly #pool: Pool;
  readonly #connections = new WeakMap<PoolConnection, BoundConnection>();
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #settings: SessionSettings | null = null;

  constructor(options: PoolOptions) {
    this.#free = options.connectionLimit!;
    this.#pool = createPool({
      ...options,
      maxPreparedStatements: KEPT_STATEMENTS,
      // Nobody needs them, and with them a server could ask for the files of this machine.
      flags: ['-LOCAL_FILES'],
    });
  }

  /** As TypeORM calls it. */
  getConnection(done: Done<BoundConnection>): void {
    this.acquire().then((connection) => done(null, connection), done);
  }

  end(done: Done<void>): void {
    this.#pool.end(done);
  }

  /**
   * @param isUrgent goes before all others who wait
   * @throws GraphQLError OVERLOADED when there is none in time
   */
  async acquire(isUrgent = false): Promise<BoundConnection> {
    const until = performance.now() + PATIENCE;
    await this.#takePlace(isUrgent);
    const opening = this.#open(until);
    try {
      return await inTime(opening, until);
    } catch (error) {
      opening.then(
        (late) => late.release(),
        () => this.#leavePlace(),
      );
      throw error;
    }
  }

  #takePlace(isUrgent: boolean): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(goOn), 1);
        reject(overloaded());
      }, PATIENCE);
      if (isUrgent) this.#waiting.unshift(goOn);
      else this.#waiting.push(goOn);
    });
  }

  #leavePlace(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  async #open(until: number): Promise<BoundConnection> {
    for (;;) {
      try {
        const connection = await this.#nextConnection();
        if (connection) return connection;
      } catch (error) {
        if (!NO_ROOM.has(driverErrorCode(error))) throw error;
        if (performance.now() > until) throw overloaded();
        await delay(20 + Math.random() * 80);
      }
    }
  }

  /** Null when it was one that had ended without our knowing. */
  async #nextConnection(): Promise<BoundConnection | null> {
    const raw = await this.#rawConnection();
    const connection = this.#connections.get(raw) ?? new BoundConnection(raw);
    this.#connections.set(raw, connection);
    const { isUsed } = connection;
    try {
      const settings = this.#settings ?? (await this.#learnSettings(connection));
      await connection.begin(settings, () => this.#leavePlace());
      return connection;
    } catch (error) {
      connection.destroy();
      if (isUsed && (error as { fatal?: boolean }).fatal) return null;
      throw error;
    }
  }

  #rawConnection(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      this.#pool.getConnection((error, raw) => (error ? reject(error) : resolve(raw)));
    });
  }

  /**
   * Once, at the start: what the server has, and whether it keeps what it is told also from one transaction to the
   * next, where proxies give a session to somebody else.
   * @throws OperatorError
   */
  async #learnSettings(connection: BoundConnection): Promise<SessionSettings> {
    // What all servers have comes first: with a small sql_select_limit the answer would be cut off.
    await new SessionSettings().set(connection);
    const settings = new SessionSettings(await knownVariables(connection));
    await settings.set(connection);
    for (let transaction = 0; transaction < 3; transaction += 1) {
      const difference = await settings.difference(connection);
      if (difference) {
        throw new OperatorError(
          `The database server, or a proxy before it, does not keep the settings of a session: ${difference}.`,
        );
      }
      // Text that is all quotes and backslashes must come back as it went.
      const [row] = (await connection.query('SELECT ? AS echo', [ECHO])) as { echo: string }[];
      if (row?.echo !== ECHO)
        throw new OperatorError('The database server changes the text that it is given.');
      await connection.query('START TRANSACTION');
      await connection.query('COMMIT');
    }
    this.#settings = settings;
    return settings;
  }
}

const ECHO = `\\'"\`\\\\é漢😀`;

async function inTime<T>(work: Promise<T>, until: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(overloaded()), Math.max(0, until - performance.now()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
