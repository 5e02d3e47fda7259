import type { EntityManager } from 'typeorm';
import { effectivePermissions, parsePermissions } from '../access/permissions';
import type { Viewer } from '../access/viewer';
import { select, toDate } from '../database/sql';
import type { AccessClaims } from './access-token';

interface ViewerRow {
  username: string;
  organization_id: number;
  role_id: number;
  permissions: string;
  expires_at: Date | string;
}

/**
 * Reads session, user and role in one statement for every request, so that whatever is revoked is revoked
 * from the next request on every instance. ASVS 8.3.2.
 */
export async function loadViewer(
  reader: EntityManager,
  { userId, sessionId }: AccessClaims,
  now: Date,
): Promise<Viewer | null> {
  const [row] = await select<ViewerRow>(
    reader,
    `SELECT u.username, u.organization_id, u.role_id, r.permissions, s.expires_at
     FROM session s
     JOIN user u ON u.id = s.user_id
     JOIN role r ON r.id = u.role_id
     WHERE s.id = ? AND s.user_id = ? AND s.ended_at IS NULL AND u.enabled = ?`,
    [sessionId, userId, true],
  );
  if (!row || toDate(row.expires_at) <= now) return null;
  return {
    userId,
    username: row.username,
    sessionId,
    organizationId: row.organization_id,
    roleId: row.role_id,
    permissions: new Set(effectivePermissions(parsePermissions(row.permissions))),
  };
}
