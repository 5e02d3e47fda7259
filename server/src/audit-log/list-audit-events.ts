import type { SignedInContext } from '../request/request-context';
import { ALL_AUDIT_ACTIONS } from '../audit/audit-action';
import type { AuditedValue, FieldChange } from '../audit/audit-event.entity';
import { indexHint } from '../database/index-hint';
import type { SortKey } from '../database/keyset-page';
import { pageInfoOf } from '../database/page-info';
import { readPage, type PageArguments } from '../database/read-page';
import { toDate } from '../database/sql';
import {
  AuditTargetType,
  type AuditActor,
  type AuditEventConnection,
  type AuditEventType,
} from './audit-event.type';
import { searchEvents, type AuditFilter } from './audit-filter';

interface EventRow {
  id: number;
  at: Date | string;
  actor_user_id: number | null;
  actor_name: string;
  action: string;
  target_type: string;
  target_id: number | null;
  target_name: string;
  changes: string;
  address: string;
  user_agent: string;
  request_id: string;
}

const SELECT_EVENTS = `
  SELECT e.id, e.at, e.actor_user_id, e.actor_name, e.action, e.target_type, e.target_id, e.target_name,
    e.changes, e.address, e.user_agent, e.request_id`;

/** By id among the events of one millisecond. */
const NEWEST_FIRST: readonly SortKey[] = [
  { sql: 'e.at', direction: 'DESC', nullable: false },
  { sql: 'e.id', direction: 'DESC', nullable: false },
];

/**
 * One page of the organization's audit log in one statement, newest first.
 * @throws GraphQLError BAD_USER_INPUT for a page size or cursor that makes no sense
 */
export async function listAuditEvents(
  { database, keys, viewer }: SignedInContext,
  filter: AuditFilter,
  args: PageArguments,
): Promise<AuditEventConnection> {
  const { index, matching } = searchEvents(viewer.organizationId, filter);
  const page = await readPage<EventRow>(
    { reader: database.reader, key: keys.cursor },
    {
      select: SELECT_EVENTS,
      from: `FROM audit_event e ${indexHint(database.engine, index)}`,
      keys: NEWEST_FIRST,
      matching,
    },
    args,
  );
  const nodes = page.nodes.map(toEvent);
  return {
    nodes,
    edges: nodes.map((node, position) => ({ node, cursor: page.cursorOf(position) })),
    pageInfo: pageInfoOf(page),
  };
}

function toEvent(row: EventRow): AuditEventType {
  const changes = JSON.parse(row.changes) as FieldChange[];
  return {
    id: row.id,
    at: toDate(row.at),
    action: ALL_AUDIT_ACTIONS.find((action) => action === row.action) ?? null,
    actor: actorOf(row),
    target: { type: typeOf(row), targetId: row.target_id, name: row.target_name },
    changes: changes.map(({ field, before, after }) => ({
      field,
      before: inWords(before),
      after: inWords(after),
    })),
    address: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
  };
}

function actorOf({ actor_user_id: actorId, actor_name: name }: EventRow): AuditActor {
  if (actorId !== null) return { type: 'USER', actorId, name };
  return { type: name === '' ? 'ANONYMOUS' : 'OPERATOR', actorId, name };
}

function typeOf(row: EventRow): AuditTargetType | null {
  return Object.values(AuditTargetType).find((type) => type === row.target_type) ?? null;
}

function inWords(value: AuditedValue): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
