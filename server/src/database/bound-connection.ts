import { TypedParameter, type ExecuteValues, type PoolConnection } from 'mysql2';
import { overloaded } from '../errors';
import { driverErrorCode } from './driver-error';
import type { SessionSettings } from './mysql-session';

/** Milliseconds. A server that takes longer for a statement does not answer any more. */
const STATEMENT_TIMEOUT = 30_000;

/** What migrations do to large tables. */
const MAY_TAKE_LONG = /^\s*(?:CREATE|ALTER|DROP|UPDATE|INSERT|DELETE)\b/i;

/** Milliseconds. A proxy may have changed the session behind our back since it was last looked at so long ago. */
const TRUSTED_FOR = 1000;

/** What is known to be prepared is forgotten beyond this number; that costs a look at the session, no more. */
const REMEMBERED_STATEMENTS = 100;

const BEGIN = 'START TRANSACTION';
const COMMIT = 'COMMIT';
const ENDS = new Set([COMMIT, 'ROLLBACK']);

/** Asked within a transaction, where the settings may be the same although the session is another one. */
const PROBE = 'SELECT 1';

/** The server, or a proxy before it, no longer knows the statement, and has reset the session with it. */
const STATEMENT_IS_LOST = 'ER_UNKNOWN_STMT_HANDLER';

/** Tables changed since the statement was prepared, and the server does not prepare it anew by itself. */
const STATEMENT_IS_OLD = 'ER_NEED_REPREPARE';

const TOO_MANY_STATEMENTS = 'ER_MAX_PREPARED_STMT_COUNT_REACHED';

/** The server has become a replica; another connection may find the one that has taken its place. */
const IS_READ_ONLY = new Set([
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_READ_ONLY_MODE',
]);

type Done = (error: Error | null, result: unknown) => void;

/**
 * A connection of the pool as TypeORM uses it. Values never become part of a statement: they go to the server beside
 * it (COM_STMT_EXECUTE), so no setting of the server can make them SQL. ASVS 1.2.4.
 */
export class BoundConnection {
  readonly #raw: PoolConnection;
  #settings: SessionSettings | null = null;
  #seenAt = 0;
  /** With a session that is reset its prepared statements are gone: to execute one tells that it was not. */
  readonly #prepared = new Set<string>();
  #isInTransaction = false;
  #isBroken = false;
  #giveBack: () => void = () => undefined;

  constructor(raw: PoolConnection) {
    this.#raw = raw;
  }

  /**
   * Sees to it that the session is as it must be, before it is used once more.
   * @param giveBack called when it is used no longer
   * @throws Error when the session cannot be made so
   */
  async begin(settings: SessionSettings, giveBack: () => void): Promise<void> {
    this.#giveBack = giveBack;
    if (this.#settings === null) await this.#setUp(settings);
    else if (performance.now() - this.#seenAt > TRUSTED_FOR) await this.#lookAfter(settings);
  }

  /** Whether it has been in use before. */
  get isUsed(): boolean {
    return this.#settings !== null;
  }

  /** As TypeORM calls it. */
  promise() {
    return {
      query: async (sql: string, parameters?: readonly unknown[]): Promise<[unknown]> => [
        await this.query(sql, parameters),
      ],
    };
  }

  async query(sql: string, parameters: readonly unknown[] = []): Promise<unknown> {
    const values = parameters.map(bound);
    try {
      if (this.#settings) await this.#lookBefore(sql, this.#settings);
      // In a session that has been reset COMMIT would say that all is well; a statement that is lost does not.
      const isPrepared = values.length > 0 || (sql === COMMIT && this.#isInTransaction);
      const result = await this.#send(sql, values, isPrepared);
      if (sql === BEGIN) this.#isInTransaction = true;
      if (ENDS.has(sql)) this.#isInTransaction = false;
      return result;
    } catch (error) {
      return this.#mend(error, sql, values);
    }
  }

  /** A transaction that is still open, as its end failed, ends with the connection. */
  release(): void {
    if (this.#isBroken || this.#isInTransaction) this.destroy();
    else this.#raw.release();
    this.#giveBack();
  }

  destroy(): void {
    this.#raw.destroy();
  }

  listeners(event: string) {
    return this.#raw.listeners(event);
  }

  on(event: string, listener: (...args: unknown[]) => void): void {
    this.#raw.on(event, listener);
  }

  /** Finds out whether the session has been reset, unless this statement would fail in one that has, or does no harm. */
  async #lookBefore(sql: string, settings: SessionSettings): Promise<void> {
    if (ENDS.has(sql) || this.#prepared.has(sql)) return;
    if (this.#isInTransaction) {
      await this.#send(PROBE, [], true);
      return;
    }
    await this.#lookAfter(settings);
    if (sql === BEGIN) for (const later of [PROBE, COMMIT]) await this.#prepare(later);
  }

  /** What is prepared already, and still kept, is only moved to the end of those that make room for others. */
  #prepare(sql: string): Promise<unknown> {
    this.#remember(sql);
    return this.#answerTo(sql, (done) => this.#raw.prepare(sql, done));
  }

  async #mend(error: unknown, sql: string, values: ExecuteValues[]): Promise<unknown> {
    const code = driverErrorCode(error);
    const isLost = code === STATEMENT_IS_LOST;
    if (isLost || code === STATEMENT_IS_OLD) {
      this.#raw.unprepare(sql);
      this.#prepared.clear();
      // With the session its transaction is gone, and what follows would be written without what came before.
      if (isLost && this.#isInTransaction) this.#isBroken = true;
      else {
        if (isLost && this.#settings) await this.#lookAfter(this.#settings);
        return this.#send(sql, values, values.length > 0);
      }
    }
    if ((error as { fatal?: boolean }).fatal || IS_READ_ONLY.has(code)) this.#isBroken = true;
    if (code === TOO_MANY_STATEMENTS) {
      // Its statements end with it.
      this.#isBroken = true;
      if (this.#settings) throw overloaded();
    }
    throw error;
  }

  async #setUp(settings: SessionSettings): Promise<void> {
    await settings.set(this.#session);
    const difference = await settings.difference(this.#session);
    if (difference) throw new Error(`The database server does not do as it is told: ${difference}.`);
    this.#settings = settings;
    this.#seenAt = performance.now();
  }

  async #lookAfter(settings: SessionSettings): Promise<void> {
    try {
      if (await settings.isKept(this.#session)) this.#seenAt = performance.now();
      else await this.#setUp(settings);
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
  }

  readonly #session = { query: (sql: string) => this.#send(sql, [], false) };

  #send(sql: string, values: ExecuteValues[], isPrepared: boolean): Promise<unknown> {
    return this.#answerTo(sql, (done) => {
      if (!isPrepared) this.#raw.query(sql, done);
      else {
        this.#remember(sql);
        this.#raw.execute(sql, values, done);
      }
    });
  }

  #remember(sql: string): void {
    if (this.#prepared.size === REMEMBERED_STATEMENTS) this.#prepared.clear();
    this.#prepared.add(sql);
  }

  /** @throws Error when the server does not answer */
  #answerTo(sql: string, ask: (done: Done) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = MAY_TAKE_LONG.test(sql) ? undefined : setTimeout(() => giveUp(), STATEMENT_TIMEOUT);
      const giveUp = () => {
        this.#isBroken = true;
        this.destroy();
        reject(new Error('The database server does not answer.'));
      };
      ask((error, result) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(result);
      });
    });
  }
}

/**
 * A value as the server must understand it. Whole numbers are sent as such: as a DOUBLE, which is what mysql2 sends,
 * no LIMIT takes them, and long ids compare inexactly.
 * @throws TypeError for what is no value of a column; mysql2 would make JSON of it
 */
function bound(value: unknown): ExecuteValues {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return TypedParameter.BIGINT(value);
  if (typeof value === 'number' && Number.isFinite(value)) {
    return Number.isSafeInteger(value) ? TypedParameter.BIGINT(value) : value;
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (Buffer.isBuffer(value)) return value;
  throw new TypeError(`A value of the kind ${typeof value} cannot be bound.`);
}
