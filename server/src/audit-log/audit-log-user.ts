import DataLoader from 'dataloader';
import type { SignedInContext } from '../request/request-context';
import { hasPermission } from '../access/viewer';
import { select } from '../database/sql';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';

type UserLoader = DataLoader<number, UserView | null>;

const loaders = new WeakMap<SignedInContext, UserLoader>();

/** The user that an event names, if the viewer may see them; one statement for all events of a page. */
export async function auditLogUser(
  context: SignedInContext,
  userId: number | null,
): Promise<UserView | null> {
  if (userId === null || !hasPermission(context.viewer, 'view_users')) return null;
  let loader = loaders.get(context);
  if (!loader) {
    loader = new DataLoader((ids) => readUsers(context, ids));
    loaders.set(context, loader);
  }
  return loader.load(userId);
}

async function readUsers(
  { database, viewer }: SignedInContext,
  ids: readonly number[],
): Promise<(UserView | null)[]> {
  const rows = await select<UserRow>(
    database.reader,
    `${SELECT_USERS} ${FROM_USERS}
     WHERE u.id IN (${ids.map(() => '?').join(', ')}) AND u.organization_id = ?`,
    [...ids, viewer.organizationId],
  );
  const users = new Map(toUserViews(rows).map((user) => [user.id, user]));
  return ids.map((id) => users.get(id) ?? null);
}
