import type { AuditAction } from '../src/audit/audit-action';
import { AuditEvent } from '../src/audit/audit-event.entity';
import { transaction } from '../src/database/transaction';
import type { TestService } from './harness';
import { globalId } from '../src/global-id/global-id';

type AuditRow = Omit<AuditEvent, 'id' | 'organization'>;

/** Rows of the audit log, straight into the database, in this order. Answers their ids. */
export async function insertEvents(
  { app }: TestService,
  organization: { readonly id: number },
  rows: readonly (Partial<Omit<AuditRow, 'action'>> & { readonly at: Date; readonly action?: AuditAction })[],
): Promise<string[]> {
  const events = rows.map((row) => ({
    organizationId: organization.id,
    actorUserId: null,
    actorName: '',
    action: 'user.signed_in',
    targetType: (row.action ?? 'user').split('.')[0]!,
    targetId: 1_000_000,
    targetName: 'someone@example.com',
    targetVersion: null,
    changes: [],
    address: '127.0.0.1',
    userAgent: '',
    requestId: '',
    ...row,
  }));
  return transaction(app.database, async (tx) => {
    const ids: string[] = [];
    for (let start = 0; start < events.length; start += 500) {
      const { identifiers } = await tx.insert(AuditEvent, events.slice(start, start + 500));
      ids.push(...identifiers.map(({ id }) => globalId('AuditEvent', id as number)));
    }
    return ids;
  });
}

/** Makes every INSERT into the audit log fail, until the answer is called. */
export async function makeAuditWritesFail({ app }: TestService): Promise<() => Promise<unknown>> {
  const { writer } = app.database;
  const failure =
    testEngine === 'sqlite'
      ? `BEGIN SELECT RAISE(ABORT, 'refused'); END`
      : `FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused'`;
  await writer.query(`CREATE TRIGGER refuse_events BEFORE INSERT ON audit_event ${failure}`);
  return () => writer.query('DROP TRIGGER refuse_events');
}
