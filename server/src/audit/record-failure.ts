import type { EntityManager } from 'typeorm';
import { execute } from '../database/sql';
import type { AuditAction } from './audit-action';
import type { FieldChange } from './audit-event.entity';
import type { AuditContext, AuditTarget } from './record-audit';

interface Failure {
  readonly action: AuditAction;
  readonly changes: readonly FieldChange[];
}

/** What is known of a failure; nothing when it concerns nobody whom the audit log knows. */
export interface KnownFailure {
  readonly context: AuditContext;
  readonly target: AuditTarget;
  /** One event, or two. */
  readonly failures: readonly [Failure, Failure?];
}

const COLUMNS =
  'organization_id, at, actor_user_id, actor_name, action, target_type, target_id, target_name, target_version, ' +
  'changes, address, user_agent, request_id';

/**
 * Writes the events of a failure in one statement, which is the same one when there are none: so that neither the
 * statements nor their time tell whether somebody is known.
 */
export async function recordFailure(tx: EntityManager, known: KnownFailure | null): Promise<void> {
  const { context, target, failures } = known ?? NOBODY;
  const [first, second] = failures;
  const { viewer, origin, now } = context;
  await execute(
    tx,
    `INSERT INTO audit_event (${COLUMNS})
     SELECT o.id, ?, ?, ?, event.action, ?, ?, ?, NULL, event.changes, ?, ?, ?
     FROM organization o
     JOIN (SELECT 1 AS position, ? AS action, ? AS changes UNION ALL SELECT 2, ?, ?) event
     WHERE o.id = ? AND event.action <> '' ORDER BY event.position`,
    [
      now,
      viewer.userId,
      viewer.username,
      target.type,
      target.id,
      target.name,
      origin.address,
      origin.userAgent,
      origin.requestId,
      first.action,
      JSON.stringify(first.changes),
      second?.action ?? '',
      JSON.stringify(second?.changes ?? []),
      viewer.organizationId,
    ],
  );
}

/** No organization has the id 0, so that nothing is written. */
const NOBODY: KnownFailure = {
  context: {
    viewer: { userId: null, username: '', organizationId: 0 },
    origin: { address: '', userAgent: '', requestId: '' },
    now: new Date(0),
  },
  target: { type: 'user', id: 0, name: '', version: null },
  failures: [{ action: 'user.sign_in_failed', changes: [] }],
};
