import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { select } from '../database/sql';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from './user-view';

/**
 * A user of the viewer's organization. Null for any other id, so that no answer tells what exists
 * elsewhere.
 */
export async function findUser(
  reader: EntityManager,
  viewer: Pick<Viewer, 'organizationId'>,
  userId: number | null,
): Promise<UserView | null> {
  if (userId === null) return null;
  const [user] = await findUsers(reader, viewer, [userId]);
  return user ?? null;
}

/** The one user of the viewer's organization with this value in a column whose values are unique. */
export async function findUserWhere(
  reader: EntityManager,
  viewer: Pick<Viewer, 'organizationId'>,
  column: 'username_key' | 'external_id',
  value: string,
): Promise<UserView | null> {
  const rows = await select<UserRow>(
    reader,
    `${SELECT_USERS} ${FROM_USERS} WHERE u.${column} = ? AND u.organization_id = ?`,
    [value, viewer.organizationId],
  );
  return toUserViews(rows)[0] ?? null;
}

/** Users of the viewer's organization, in no certain order; what is not there is left out. */
export async function findUsers(
  reader: EntityManager,
  viewer: Pick<Viewer, 'organizationId'>,
  userIds: readonly number[],
): Promise<UserView[]> {
  const rows = await select<UserRow>(
    reader,
    `${SELECT_USERS} ${FROM_USERS}
     WHERE u.id IN (${userIds.map(() => '?').join(', ')}) AND u.organization_id = ?`,
    [...userIds, viewer.organizationId],
  );
  return toUserViews(rows);
}

/**
 * A user that must be there, because this transaction has just read or written them.
 * @throws Error when they are not
 */
export async function findUserOrFail(
  reader: EntityManager,
  viewer: Pick<Viewer, 'organizationId'>,
  userId: number,
): Promise<UserView> {
  const user = await findUser(reader, viewer, userId);
  if (!user) throw new Error(`User ${userId} is not in organization ${viewer.organizationId}.`);
  return user;
}
