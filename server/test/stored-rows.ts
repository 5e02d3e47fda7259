import { select } from '../src/database/sql';
import type { TestService } from './harness';

type Row = Readonly<Record<string, unknown>>;

/** Every row of a table, in the order of its first column. */
export function rowsOf({ app }: TestService, table: string): Promise<Row[]> {
  return select<Row>(app.database.reader, `SELECT * FROM ${table} ORDER BY 1`, []);
}

/** Counts what is refused, so a refusal is what changes it. */
const COUNTERS = 'sign_in_throttle';

/**
 * All that the database holds, to compare before and after; save the counters of wrong guesses, and
 * the counter that only serves as a lock.
 */
export async function storedRows(service: TestService): Promise<Record<string, Row[]>> {
  const tables = service.app.database.writer.entityMetadatas
    .map(({ tableName }) => tableName)
    .filter((table) => table !== COUNTERS);
  const entries = await Promise.all(
    tables.map(async (table) => {
      const rows = await rowsOf(service, table);
      return [table, rows.map((row) => ({ ...row, administration_version: undefined }))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

export async function expectNothingWritten(
  service: TestService,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await storedRows(service);
  await work();
  expect(await storedRows(service)).toEqual(before);
}
