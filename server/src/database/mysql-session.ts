import type { RowDataPacket } from 'mysql2';
import { OperatorError } from '../config/explain-failure';

/** A connection of its own, which answers one statement at a time. */
export interface SessionConnection {
  query(sql: string): Promise<unknown>;
}

type Variables = Readonly<Record<string, string>>;

/**
 * What the meaning of our statements depends on, whatever the server's own settings are. All servers have these.
 * NO_BACKSLASH_ESCAPES, ANSI_QUOTES, PIPES_AS_CONCAT and the like are off by being absent from sql_mode.
 */
const EVERYWHERE: Variables = {
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  collation_connection: 'utf8mb4_bin',
  time_zone: '+00:00',
  autocommit: '1',
  // CHAIN would open a transaction behind every COMMIT, RELEASE would end the connection.
  completion_type: 'NO_CHAIN',
  // `id IS NULL` would find the row that was inserted last.
  sql_auto_is_null: '0',
  sql_safe_updates: '0',
  // Would cut off the rows of every SELECT, or refuse it for its size.
  sql_select_limit: '18446744073709551615',
  sql_big_selects: '1',
  max_sort_length: '1024',
  foreign_key_checks: '1',
  unique_checks: '1',
  default_storage_engine: 'InnoDB',
  // Seconds. A transaction that waits longer is run again.
  innodb_lock_wait_timeout: '10',
};

/** What only some servers have, or under this name. */
const WHERE_KNOWN: Variables = {
  // The names of MySQL and of MariaDB from 11.1 on, and those before.
  transaction_isolation: 'REPEATABLE-READ',
  transaction_read_only: '0',
  tx_isolation: 'REPEATABLE-READ',
  tx_read_only: '0',
  // MariaDB from 11.6 on: a row that changed since the snapshot would be an error of its own.
  innodb_snapshot_isolation: '0',
  // Galera: a read waits for what other nodes have committed.
  wsrep_sync_wait: '1',
};

/** Bytes. The longest statement holds a request of 256 kB, encrypted and encoded. */
const LEAST_PACKET = 1024 * 1024;

/** Sets and reads what a session must have. */
export class SessionSettings {
  readonly #expected: Variables;
  /** All values in one text, as they are when all is well. */
  #seen: string | null = null;

  /** @param known the variables that this server has, from `knownVariables` */
  constructor(known: ReadonlySet<string> = new Set()) {
    const present = Object.entries(WHERE_KNOWN).filter(([name]) => known.has(name));
    this.#expected = { ...EVERYWHERE, ...Object.fromEntries(present) };
  }

  async set(connection: SessionConnection): Promise<void> {
    const assignments = Object.entries(this.#expected)
      .filter(([name]) => !/^character_set_|^collation_/.test(name))
      .map(([name, value]) => `${name} = ${/^\d+$/.test(value) ? value : `'${value}'`}`);
    // Without autocommit a transaction is open already, and would keep the properties that it began with.
    await connection.query('ROLLBACK AND NO CHAIN NO RELEASE');
    await connection.query(
      `SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION ${assignments.join(', SESSION ')}`,
    );
  }

  /** Whether a session that was set is still so; the cheapest question that tells. */
  async isKept(connection: SessionConnection): Promise<boolean> {
    return (await this.#look(connection)) === this.#seen;
  }

  /** What is otherwise than it was set, as a part of a sentence; null when all is well. */
  async difference(connection: SessionConnection): Promise<string | null> {
    const columns = Object.keys(this.#expected).map((name) => `@@SESSION.${name} AS ${name}`);
    const [row] = await rowsOf(connection, `SELECT ${columns.join(', ')}`);
    for (const [name, expected] of Object.entries(this.#expected)) {
      const found = String(row?.[name]);
      if (normalized(found) !== normalized(expected)) return `${name} is '${found}' instead of '${expected}'`;
    }
    this.#seen ??= await this.#look(connection);
    return null;
  }

  async #look(connection: SessionConnection): Promise<string> {
    const values = Object.keys(this.#expected).map((name) => `@@SESSION.${name}`);
    const [row] = await rowsOf(connection, `SELECT CONCAT_WS(' ', ${values.join(', ')}) AS seen`);
    return String(row?.seen);
  }
}

/**
 * What this server can be told.
 * @throws OperatorError when it takes too short statements
 */
export async function knownVariables(connection: SessionConnection): Promise<ReadonlySet<string>> {
  const names = [...Object.keys(WHERE_KNOWN), 'max_allowed_packet'].map((name) => `'${name}'`);
  const rows = await rowsOf(connection, `SHOW VARIABLES WHERE Variable_name IN (${names.join(', ')})`);
  const values = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
  const packet = Number(values.get('max_allowed_packet'));
  if (packet < LEAST_PACKET) {
    throw new OperatorError(
      `The database server has a max_allowed_packet of ${packet} bytes; Rolecall needs ${LEAST_PACKET} or more.`,
    );
  }
  return new Set(values.keys());
}

/** The order of modes means nothing. */
function normalized(value: string): string {
  return value.toUpperCase().split(',').sort().join();
}

async function rowsOf(connection: SessionConnection, sql: string): Promise<RowDataPacket[]> {
  return (await connection.query(sql)) as RowDataPacket[];
}
