import { IsNull } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { Session } from '../sessions/session.entity';
import { isGenuine, parseRefreshToken } from '../sessions/refresh-token';
import { recordSignOut } from './sign-in-events';

/** Ends the session of the access token and that of the cookie, if they are still live. */
export async function signOut(context: RequestContext): Promise<Record<string, never>> {
  const { database, refreshCookie, viewer, now } = context;
  const sessionIds = new Set<number>();
  if (viewer) sessionIds.add(viewer.sessionId);
  const cookieSession = await sessionOfCookie(context);
  if (cookieSession !== null) sessionIds.add(cookieSession);

  if (sessionIds.size > 0) {
    await transaction(database, async (tx) => {
      const userIds = new Set<number>();
      for (const id of sessionIds) {
        const { affected } = await tx.update(Session, { id, endedAt: IsNull() }, { endedAt: now });
        if (affected === 1) userIds.add((await tx.findOneByOrFail(Session, { id })).userId);
      }
      for (const userId of userIds) await recordSignOut(tx, context, userId);
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
