import { storedRows } from '../stored-rows';
import type { TestService } from '../harness';

/** What the database held at one moment, as text by table and row. */
export type Snapshot = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A link for a new password is made after the answer, so that its time tells nothing: such rows appear while
 * later calls are under way, and are of no account here. What the link does, is.
 */
const isOfDeferredWork = (table: string, row: Readonly<Record<string, unknown>>) =>
  table === 'one_time_token' || (table === 'outgoing_mail' && row.kind === 'password_reset');

export async function takeSnapshot(service: TestService): Promise<Snapshot> {
  const tables = Object.entries(await storedRows(service));
  return new Map(
    tables.map(([table, rows]) => [
      table,
      new Set(rows.filter((row) => !isOfDeferredWork(table, row)).map((row) => JSON.stringify(row))),
    ]),
  );
}

/** The tables of which a row appeared, changed or went. */
export function changedTables(before: Snapshot, after: Snapshot): string[] {
  return [...after].flatMap(([table, rows]) => {
    const earlier = before.get(table)!;
    const isSame = rows.size === earlier.size && [...rows].every((row) => earlier.has(row));
    return isSame ? [] : [table];
  });
}
