import type { SignedInContext } from '../request/request-context';
import { ALL_AUDIT_ACTIONS } from '../audit/audit-action';
import type { AuditedValue, FieldChange } from '../audit/audit-event.entity';
import { indexHint } from '../database/index-hint';
import type { SortKey } from '../database/keyset-page';
import { readPage, type Page, type PageArguments, type PagedList } from '../database/read-page';
import { select, toDate } from '../database/sql';
import {
  AuditTargetType,
  TARGET_NODES,
  type AuditActor,
  type AuditEventType,
  type AuditTarget,
} from './audit-event.type';
import { globalId } from '../global-id/global-id';
import { searchEvents, type AuditFilter } from './audit-filter';

export interface EventRow {
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
  context: SignedInContext,
  filter: AuditFilter,
  args: PageArguments,
): Promise<Page<AuditEventType>> {
  return withEvents(await readPage<EventRow>(sourceOf(context), eventList(context, filter), args));
}

export function sourceOf({ database, keys }: SignedInContext) {
  return { reader: database.reader, key: keys.cursor };
}

export function eventList({ database, viewer }: SignedInContext, filter: AuditFilter): PagedList {
  const { index, matching } = searchEvents(viewer.organizationId, filter);
  const from = `FROM audit_event e ${indexHint(database.engine, index)}`;
  return { select: SELECT_EVENTS, from, countFrom: from, keys: NEWEST_FIRST, matching };
}

export function withEvents(page: Page<EventRow>): Page<AuditEventType> {
  return { ...page, nodes: page.nodes.map(toEvent) };
}

/** Events of the organization by the numbers of their rows; what is not there is left out. */
export async function findAuditEvents(
  { database, viewer }: SignedInContext,
  ids: readonly number[],
): Promise<AuditEventType[]> {
  const rows = await select<EventRow>(
    database.reader,
    `${SELECT_EVENTS} FROM audit_event e
     WHERE e.id IN (${ids.map(() => '?').join(', ')}) AND e.organization_id = ?`,
    [...ids, viewer.organizationId],
  );
  return rows.map(toEvent);
}

function toEvent(row: EventRow): AuditEventType {
  const changes = JSON.parse(row.changes) as FieldChange[];
  return {
    id: row.id,
    occurredAt: toDate(row.at),
    action: ALL_AUDIT_ACTIONS.find((action) => action === row.action) ?? null,
    actor: actorOf(row),
    target: targetOf(row),
    changes: changes.map(({ field, before, after }) => ({
      field,
      before: inWords(before),
      after: inWords(after),
    })),
    ipAddress: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
  };
}

function actorOf({ actor_user_id: userId, actor_name: name }: EventRow): AuditActor {
  if (userId !== null) return { type: 'USER', actorId: globalId('User', userId), name };
  return { type: name === '' ? 'ANONYMOUS' : 'OPERATOR', actorId: null, name };
}

function targetOf({ target_type, target_id: id, target_name: name }: EventRow): AuditTarget {
  const type = Object.values(AuditTargetType).find((one) => one === target_type) ?? null;
  return { type, targetId: type && id !== null ? globalId(TARGET_NODES[type], id) : null, name };
}

function inWords(value: AuditedValue): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
