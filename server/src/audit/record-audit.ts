import type { EntityManager } from 'typeorm';
import type { Origin } from '../request/request-context';
import type { AuditAction } from './audit-action';
import { AuditEvent, type FieldChange } from './audit-event.entity';

/** Who acts, in which organization and from where; the context of a signed-in request is one. */
export interface AuditContext {
  readonly viewer: {
    /** Null for the operator at the command line and for someone unknown who failed to sign in. */
    readonly userId: number | null;
    /** Empty for someone unknown. */
    readonly username: string;
    readonly organizationId: number;
  };
  readonly origin: Origin;
  readonly now: Date;
}

export interface AuditTarget {
  readonly type: 'user' | 'role' | 'organization';
  readonly id: number;
  readonly name: string;
  /** Null for targets without a version, and for events that do not count as an edit. */
  readonly version: number | null;
}

/** Writes an audit event in the transaction of the change, so that neither is stored without the other. */
export async function recordAudit(
  tx: EntityManager,
  context: AuditContext,
  action: AuditAction,
  target: AuditTarget,
  changes: readonly FieldChange[],
): Promise<void> {
  await tx.insert(AuditEvent, auditRow(context, action, target, changes));
}

/** Far below the number of placeholders that a statement may have. */
const ROWS_AT_ONCE = 500;

/** Writes one audit event for each of many targets of the same change. */
export async function recordAuditOfAll(
  tx: EntityManager,
  context: AuditContext,
  action: AuditAction,
  targets: readonly AuditTarget[],
  changes: readonly FieldChange[],
): Promise<void> {
  for (let first = 0; first < targets.length; first += ROWS_AT_ONCE) {
    const some = targets.slice(first, first + ROWS_AT_ONCE);
    await tx.insert(
      AuditEvent,
      some.map((target) => auditRow(context, action, target, changes)),
    );
  }
}

function auditRow(
  { viewer, origin, now }: AuditContext,
  action: AuditAction,
  target: AuditTarget,
  changes: readonly FieldChange[],
): Omit<AuditEvent, 'id' | 'organization'> {
  return {
    organizationId: viewer.organizationId,
    at: now,
    actorUserId: viewer.userId,
    actorName: viewer.username,
    action,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    targetVersion: target.version,
    changes: [...changes],
    address: origin.address,
    userAgent: origin.userAgent,
    requestId: origin.requestId,
  };
}

/** The fields of a target that were changed after this version of it. */
export async function fieldsChangedSince(
  tx: EntityManager,
  organizationId: number,
  target: Pick<AuditTarget, 'type' | 'id'>,
  version: number,
): Promise<string[]> {
  const events = await tx
    .createQueryBuilder(AuditEvent, 'event')
    .where('event.organizationId = :organizationId', { organizationId })
    .andWhere('event.targetType = :type AND event.targetId = :id', target)
    .andWhere('event.targetVersion > :version', { version })
    .orderBy('event.at')
    .addOrderBy('event.id')
    .getMany();
  return [...new Set(events.flatMap((event) => event.changes.map((change) => change.field)))];
}
