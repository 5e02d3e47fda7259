import { pageSize, readPages, type Page, type PageArguments } from '../database/read-page';
import { globalId } from '../global-id/global-id';
import { batchedLoad } from '../request/batched-loads';
import type { SignedInContext } from '../request/request-context';
import type { AuditEventType } from './audit-event.type';
import type { AuditFilter } from './audit-filter';
import { eventList, listAuditEvents, sourceOf, withEvents, type EventRow } from './list-audit-events';

/**
 * One page of what happened to a user, newest first; one statement for all users whose histories are asked for at
 * once, unless with a cursor, which belongs to one history.
 * @throws GraphQLError BAD_USER_INPUT for a page size or cursor that makes no sense
 */
export async function listHistory(
  context: SignedInContext,
  userId: number,
  args: PageArguments,
): Promise<Page<AuditEventType>> {
  const { first, last, after, before } = args;
  if (typeof after === 'string' || typeof before === 'string') {
    return listAuditEvents(context, historyOf(userId), args);
  }
  // Before the load, which would fail for all.
  pageSize(args);
  return (await loadHistory(context, { userId, args: { first, last } }))!;
}

interface HistoryPage {
  readonly userId: number;
  readonly args: Pick<PageArguments, 'first' | 'last'>;
}

const loadHistory = batchedLoad(readHistories, { maximumKeys: 100 });

async function readHistories(
  context: SignedInContext,
  asked: readonly HistoryPage[],
): Promise<Map<HistoryPage, Page<AuditEventType>>> {
  const read = new Map<HistoryPage, Page<AuditEventType>>();
  for (const size of new Set(asked.map(({ args }) => JSON.stringify(args)))) {
    const alike = asked.filter(({ args }) => JSON.stringify(args) === size);
    const lists = alike.map(({ userId }) => eventList(context, historyOf(userId)));
    const pages = await readPages<EventRow>(sourceOf(context), lists, alike[0]!.args);
    pages.forEach((page, index) => read.set(alike[index]!, withEvents(page)));
  }
  return read;
}

const historyOf = (userId: number): AuditFilter => ({ targetId: globalId('User', userId) });
