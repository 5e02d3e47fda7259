import type { EntityManager } from 'typeorm';

export type SqlValue = string | number | boolean | Date | null;

/**
 * Runs one SELECT with `?` placeholders, the same text on both engines, and returns its raw rows.
 * Used for lists, because building entities takes twice the time of the statement itself.
 */
export async function select<Row>(
  reader: EntityManager,
  sql: string,
  parameters: readonly SqlValue[],
): Promise<Row[]> {
  const isSqlite = reader.dataSource.options.type === 'better-sqlite3';
  const bound = isSqlite ? parameters.map(sqliteValue) : [...parameters];
  return reader.query(sql, bound);
}

/** Runs one statement that writes, with `?` placeholders; for what TypeORM's builders cannot say. */
export async function execute(
  tx: EntityManager,
  sql: string,
  parameters: readonly SqlValue[],
): Promise<void> {
  await select(tx, sql, parameters);
}

function sqliteValue(value: SqlValue): string | number | null {
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value;
}

/** A datetime column of a raw row: a Date from MySQL, a UTC text from SQLite. */
export function toDate(value: Date | string): Date;
export function toDate(value: Date | string | null): Date | null;
export function toDate(value: Date | string | null): Date | null {
  if (value === null || value instanceof Date) return value;
  return new Date(`${value.replace(' ', 'T')}Z`);
}

/** A LIKE pattern for "contains", in which % and _ of the text are themselves; use with ESCAPE '!'. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}
