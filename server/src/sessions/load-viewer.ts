import type { EntityManager } from 'typeorm';
import { effectivePermissions, parsePermissions } from '../access/permissions';
import type { Viewer } from '../access/viewer';
import { select, toDate } from '../database/sql';
import { isTokenOf, type AccessClaims } from './access-token';

interface ViewerRow {
  username: string;
  organization_id: number;
  role_id: number;
  permissions: string;
  expires_at: Date | string;
  refresh_seed: string;
}

type SessionOfUser = Pick<Viewer, 'userId' | 'sessionId'>;

/** The viewer whom an access token names; null when it was given out for another session. */
export async function loadClaimedViewer(
  reader: EntityManager,
  claims: AccessClaims,
  now: Date,
): Promise<Viewer | null> {
  const row = await findLiveRow(reader, claims, now);
  return row && isTokenOf(row.refresh_seed, claims) ? toViewer(claims, row) : null;
}

/** The viewer of a session that the caller knows to be theirs. */
export async function loadViewer(
  reader: EntityManager,
  session: SessionOfUser,
  now: Date,
): Promise<Viewer | null> {
  const row = await findLiveRow(reader, session, now);
  return row && toViewer(session, row);
}

/**
 * Reads session, user and role in one statement for every request, so that whatever is revoked is revoked
 * from the next request on every instance. ASVS 8.3.2.
 */
async function findLiveRow(
  reader: EntityManager,
  { userId, sessionId }: SessionOfUser,
  now: Date,
): Promise<ViewerRow | null> {
  const [row] = await select<ViewerRow>(
    reader,
    `SELECT u.username, u.organization_id, u.role_id, r.permissions, s.expires_at, s.refresh_seed
     FROM session s
     JOIN user u ON u.id = s.user_id
     JOIN role r ON r.id = u.role_id
     WHERE s.id = ? AND s.user_id = ? AND s.ended_at IS NULL AND u.enabled = ?`,
    [sessionId, userId, true],
  );
  return row && toDate(row.expires_at) > now ? row : null;
}

function toViewer({ userId, sessionId }: SessionOfUser, row: ViewerRow): Viewer {
  return {
    userId,
    username: row.username,
    sessionId,
    organizationId: row.organization_id,
    roleId: row.role_id,
    permissions: new Set(effectivePermissions(parsePermissions(row.permissions))),
  };
}
