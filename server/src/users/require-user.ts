import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { failure } from '../errors';
import { type UserView } from './user-view';
import { findUser } from './find-user';
import { parseGlobalId } from '../global-id/global-id';

/**
 * The user that a mutation is about.
 * @throws UserErrors USER_NOT_FOUND at the field with the id, the same for a malformed, unknown and foreign id
 */
export async function requireUser(tx: EntityManager, viewer: Viewer, id: string): Promise<UserView> {
  const user = await findUser(tx, viewer, parseGlobalId('User', id));
  if (user) return user;
  throw failure('USER_NOT_FOUND', ['input', 'id']);
}
