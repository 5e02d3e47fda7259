import Libsql from 'libsql';
import type { DataSource } from 'typeorm';

type Inner = InstanceType<typeof Libsql>;
type InnerStatement = ReturnType<Inner['prepare']>;

interface OpenOptions {
  /** For so long (ms) a statement waits for another process, and this process with it. */
  readonly timeout: number;
}

/** What TypeORM begins a transaction with, and what it must begin with. */
const DEFERRED = 'BEGIN TRANSACTION';
const IMMEDIATE = 'BEGIN IMMEDIATE';

/**
 * A connection of libsql as TypeORM uses it, which is opened anew when it got stuck.
 *
 * libsql does not reset a statement that failed because the file is busy, the disk is full or the like. While the
 * statement lives the connection keeps its view of the data, and every later write fails with
 * SQLITE_BUSY_SNAPSHOT. And transactions take the right to write when they begin (IMMEDIATE): one that only asks for
 * it at its first write fails when another process wrote in between.
 */
export class RenewableConnection {
  readonly #file: string;
  readonly #options: OpenOptions;
  /** What must be said again to a new connection, by the name of the pragma. */
  readonly #pragmas = new Map<string, string>();
  #inner: Inner;
  #isStuck = false;

  constructor(file: string, options: OpenOptions) {
    this.#file = file;
    this.#options = options;
    this.#inner = new Libsql(file, options);
  }

  pragma(statement: string): unknown {
    const [name, value] = statement.split('=');
    if (name && value) this.#pragmas.set(name.trim(), statement);
    return this.#inner.pragma(statement);
  }

  prepare(sql: string): RenewableStatement {
    return new RenewableStatement(this, sql === DEFERRED ? IMMEDIATE : sql);
  }

  close(): void {
    this.#inner.close();
  }

  /** The connection to work with now. Inside a transaction it stays the same, as the transaction is in it. */
  current(): Inner {
    if (this.#isStuck && !this.#inner.inTransaction) this.#renew();
    return this.#inner;
  }

  failed(sql: string, error: unknown): void {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return;
    // A broken rule is an answer like any other, and the statement is reset. So it is when it is tried again, which
    // happens to the one that begins a transaction.
    const isReset = code.startsWith('SQLITE_CONSTRAINT') || (sql === IMMEDIATE && code === 'SQLITE_BUSY');
    if (!isReset) this.#isStuck = true;
  }

  #renew(): void {
    const opened = new Libsql(this.#file, this.#options);
    for (const pragma of this.#pragmas.values()) opened.pragma(pragma);
    this.#inner.close();
    this.#inner = opened;
    this.#isStuck = false;
  }
}

/** Prepared on whichever connection is the current one. */
class RenewableStatement {
  readonly #connection: RenewableConnection;
  readonly #sql: string;
  #preparedOn: Inner | null = null;
  #statement: InnerStatement | null = null;

  constructor(connection: RenewableConnection, sql: string) {
    this.#connection = connection;
    this.#sql = sql;
    // At once, because TypeORM keeps what it got, also when it could never be carried out.
    this.#prepared();
  }

  get reader(): boolean {
    return this.#prepared().reader;
  }

  // The values go to libsql as a list: one by one it takes a single null for an object of named parameters.
  all(...values: unknown[]): unknown[] {
    return this.#watched(() => this.#prepared().all(values));
  }

  run(...values: unknown[]): unknown {
    return this.#watched(() => this.#prepared().run(values));
  }

  #prepared(): InnerStatement {
    const connection = this.#connection.current();
    if (this.#statement === null || this.#preparedOn !== connection) {
      this.#statement = connection.prepare(this.#sql);
      this.#preparedOn = connection;
    }
    return this.#statement;
  }

  #watched<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#connection.failed(this.#sql, error);
      throw error;
    }
  }
}

export function sqliteConnectionOf({ driver }: DataSource): RenewableConnection {
  return (driver as unknown as { readonly databaseConnection: RenewableConnection }).databaseConnection;
}
