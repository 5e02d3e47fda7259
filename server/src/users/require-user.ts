import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { UserError, UserErrors } from '../errors';
import { type UserView } from './user-view';
import { findUser } from './find-user';

/**
 * The user that a mutation is about.
 * @throws UserErrors USER_NOT_FOUND at the field that names him, the same for a malformed, unknown and foreign id
 */
export async function requireUser(
  tx: EntityManager,
  viewer: Viewer,
  id: string,
  field = 'id',
): Promise<UserView> {
  const user = await findUser(tx, viewer, id);
  if (user) return user;
  throw new UserErrors(new UserError('USER_NOT_FOUND', ['input', field], 'This user does not exist.'));
}
