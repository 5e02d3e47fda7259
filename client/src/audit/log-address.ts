import type { AuditAction, AuditLogQueryVariables } from '../api/generated/graphql';
import { ACTION_LABELS } from './action-labels';

export const PAGE_SIZES = [25, 50, 100] as const;
const DEFAULT_SIZE = 50;

/** What the page shows, as it stands in the address: shared links and the back button need nothing else. */
export interface LogAddress {
  /** Ids of users. */
  actor: string | null;
  user: string | null;
  action: AuditAction | null;
  /** Days of the calendar (YYYY-MM-DD), both included. */
  from: string | null;
  to: string | null;
  size: number;
  after: string | null;
  before: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readLogAddress(query: URLSearchParams): LogAddress {
  const size = Number(query.get('size'));
  const action = query.get('action');
  const after = query.get('after');
  return {
    actor: query.get('actor'),
    user: query.get('user'),
    action: action !== null && Object.hasOwn(ACTION_LABELS, action) ? (action as AuditAction) : null,
    from: dayOf(query.get('from')),
    to: dayOf(query.get('to')),
    size: PAGE_SIZES.some((known) => known === size) ? size : DEFAULT_SIZE,
    after,
    before: after === null ? query.get('before') : null,
  };
}

export function logHref(path: string, { size, ...rest }: LogAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== null) query.set(name, value);
  if (size !== DEFAULT_SIZE) query.set('size', String(size));
  return query.size > 0 ? `${path}?${query}` : path;
}

export function logVariables(address: LogAddress): AuditLogQueryVariables {
  const { actor, user, action, from, to, size, after, before } = address;
  return {
    filter: {
      ...(actor !== null && { actorId: actor }),
      ...(user !== null && { targetId: user }),
      ...(action !== null && { actions: [action] }),
      ...(from !== null && { from: startOf(from, 0) }),
      ...(to !== null && { to: startOf(to, 1) }),
    },
    ...(before === null ? { first: size, ...(after !== null && { after }) } : { last: size, before }),
  };
}

export function isFiltered({ actor, user, action, from, to }: LogAddress): boolean {
  return [actor, user, action, from, to].some((value) => value !== null);
}

/** The time at which a day of the reader's calendar begins, or the day so many days later. */
function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function dayOf(text: string | null): string | null {
  if (text === null || !DAY.test(text)) return null;
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  const day = new Date(year, month - 1, date);
  return year >= 1000 && day.getMonth() === month - 1 && day.getDate() === date ? text : null;
}
