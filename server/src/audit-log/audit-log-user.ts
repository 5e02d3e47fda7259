import { batchedLoad } from '../request/batched-loads';
import type { SignedInContext } from '../request/request-context';
import { hasPermission } from '../access/viewer';
import { select } from '../database/sql';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';

/** A user whom events name, if the viewer may see them; one statement for all of a page. */
export async function auditLogUser(
  context: SignedInContext,
  userId: number | null,
): Promise<UserView | null> {
  if (userId === null || !hasPermission(context.viewer, 'view_users')) return null;
  return loadUser(context, userId);
}

const loadUser = batchedLoad(readUsers);

async function readUsers(
  { database, viewer }: SignedInContext,
  ids: readonly number[],
): Promise<Map<number, UserView>> {
  const rows = await select<UserRow>(
    database.reader,
    `${SELECT_USERS} ${FROM_USERS}
     WHERE u.id IN (${ids.map(() => '?').join(', ')}) AND u.organization_id = ?`,
    [...ids, viewer.organizationId],
  );
  return new Map(toUserViews(rows).map((user) => [user.id, user]));
}
