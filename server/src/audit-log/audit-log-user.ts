import { batchedLoad } from '../request/batched-loads';
import type { SignedInContext } from '../request/request-context';
import { hasPermission } from '../access/viewer';
import { findUsers } from '../users/find-user';
import type { UserView } from '../users/user-view';

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
  return new Map((await findUsers(database.reader, viewer, ids)).map((user) => [user.id, user]));
}
