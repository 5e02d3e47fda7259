import type { Viewer } from '../access/viewer';
import { allOf, condition, isOneOf } from '../database/condition';
import type { Condition } from '../database/keyset-page';
import { readPage, type Page, type PageArguments } from '../database/read-page';
import { select, toDate } from '../database/sql';
import type { RequestContext, SignedInContext } from '../request/request-context';
import type { ViewerSession } from './account.payloads';

interface SessionRow {
  id: number;
  address: string;
  user_agent: string;
  created_at: Date | string;
  refreshed_at: Date | string;
}

const SELECT_SESSIONS = 'SELECT s.id, s.address, s.user_agent, s.created_at, s.refreshed_at';
const FROM = 'FROM session s';

type Reading = Pick<RequestContext, 'database' | 'sessionLimits' | 'now' | 'keys'>;

/**
 * One page of the viewer's live sessions, this one first, then the latest seen.
 * @throws GraphQLError BAD_USER_INPUT for a page size or cursor that makes no sense
 */
export async function listSessions(
  context: Reading,
  viewer: Viewer,
  args: PageArguments,
): Promise<Page<ViewerSession>> {
  const keys = [
    { sql: `(s.id <> ${viewer.sessionId})`, direction: 'ASC', nullable: false },
    { sql: 's.refreshed_at', direction: 'DESC', nullable: false },
    { sql: 's.id', direction: 'DESC', nullable: false },
  ] as const;
  const page = await readPage<SessionRow>(
    { reader: context.database.reader, key: context.keys.cursor },
    {
      select: SELECT_SESSIONS,
      from: FROM,
      countFrom: FROM,
      keys,
      matching: [liveSessions(context, viewer)],
      scope: `sessions of ${viewer.userId}`,
    },
    args,
  );
  return { ...page, nodes: page.nodes.map((row) => toViewerSession(row, viewer)) };
}

/** Live sessions of the viewer by the numbers of their rows; what is not there is left out. */
export async function findSessions(
  context: SignedInContext,
  ids: readonly number[],
): Promise<ViewerSession[]> {
  const { sql, parameters } = allOf([liveSessions(context, context.viewer), isOneOf('s.id', ids)]);
  const rows = await select<SessionRow>(
    context.database.reader,
    `${SELECT_SESSIONS} ${FROM} WHERE ${sql}`,
    parameters,
  );
  return rows.map((row) => toViewerSession(row, context.viewer));
}

/** As `isLive` says. */
function liveSessions({ sessionLimits, now }: Reading, { userId }: Viewer): Condition {
  return condition(
    's.user_id = ? AND s.ended_at IS NULL AND s.expires_at > ? AND s.refreshed_at > ?',
    userId,
    now,
    new Date(now.getTime() - sessionLimits.idle),
  );
}

function toViewerSession(row: SessionRow, { sessionId }: Viewer): ViewerSession {
  return {
    id: row.id,
    isCurrent: row.id === sessionId,
    userAgent: row.user_agent,
    ipAddress: row.address,
    createdAt: toDate(row.created_at),
    lastSeenAt: toDate(row.refreshed_at),
  };
}
