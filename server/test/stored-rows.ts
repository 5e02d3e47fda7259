import { select } from '../src/database/sql';
import type { TestService } from './harness';

type Row = Readonly<Record<string, unknown>>;

/** Every row of a table, in the order of its first column. */
export function rowsOf({ app }: TestService, table: string): Promise<Row[]> {
  return select<Row>(app.database.reader, `SELECT * FROM ${table} ORDER BY 1`, []);
}

/** Counts failed attempts, so a request that is refused does change it. */
const COUNTERS = 'sign_in_throttle';

/** Recorded by a request that is refused. */
const FAILED_ATTEMPTS = ['user.sign_in_failed', 'user.reauthentication_failed', 'user.locked'];

const SIGNING = ['user.signed_in', 'user.signed_out', ...FAILED_ATTEMPTS];

/** The events of the audit log that tell of changes, not of signing in and out. */
export async function recordedChanges(service: TestService): Promise<Row[]> {
  const events = await rowsOf(service, 'audit_event');
  return events.filter(({ action }) => !SIGNING.includes(String(action)));
}

/** What no request changes: the counter that only serves as a lock, and how far the outbox has got. */
const MOVING = ['administration_version'];
const MOVING_OF_MAILS = ['state', 'attempts', 'next_attempt_at', 'claim', 'last_error', 'sent_at', 'content'];

/** All that the database holds, to compare before and after, except what changes without a request. */
export async function storedRows(
  service: TestService,
  apart: readonly string[] = [],
): Promise<Record<string, Row[]>> {
  const tables = service.app.database.writer.entityMetadatas
    .map(({ tableName }) => tableName)
    .filter((table) => table !== COUNTERS);
  const entries = await Promise.all(
    tables.map(async (table) => {
      const rows = await rowsOf(service, table);
      const moving = [...apart, ...(table === 'outgoing_mail' ? MOVING_OF_MAILS : MOVING)];
      const lasting = rows.filter(
        (row) => table !== 'audit_event' || !FAILED_ATTEMPTS.includes(String(row.action)),
      );
      return [table, lasting.map((row) => without(row, moving))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function without(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}

/** @param apart columns that may change */
export async function expectNothingWritten(
  service: TestService,
  work: () => Promise<unknown>,
  apart: readonly string[] = [],
): Promise<void> {
  const before = await storedRows(service, apart);
  await work();
  expect(await storedRows(service, apart)).toEqual(before);
}
