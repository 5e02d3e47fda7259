import { IsNull } from 'typeorm';
import type { RequestContext } from '../access/request-context';
import { transaction } from '../database/transaction';
import { Session } from '../sessions/session.entity';
import { isGenuine, parseRefreshToken } from './refresh-token';

/** Ends the session of the access token and the one of the cookie; neither need still be alive. */
export async function signOut(context: RequestContext): Promise<Record<string, never>> {
  const { database, refreshCookie, viewer, now } = context;
  const sessionIds = new Set<number>();
  if (viewer) sessionIds.add(viewer.sessionId);
  const cookieSession = await sessionOfCookie(context);
  if (cookieSession !== null) sessionIds.add(cookieSession);

  if (sessionIds.size > 0) {
    await transaction(database, async (tx) => {
      for (const id of sessionIds) await tx.update(Session, { id, endedAt: IsNull() }, { endedAt: now });
    });
  }
  refreshCookie.clear();
  context.viewer = null;
  return {};
}

async function sessionOfCookie({ database, keys, refreshCookie }: RequestContext): Promise<number | null> {
  const parts = parseRefreshToken(refreshCookie.read() ?? '');
  const session = parts && (await database.reader.findOneBy(Session, { id: parts.sessionId }));
  return session && isGenuine(keys.refreshToken, session, parts) ? session.id : null;
}
