import type { SignedInContext } from '../request/request-context';
import { parseGlobalId } from '../global-id/global-id';
import { soughtExternalId } from '../users/external-id';
import { findUser, findUserWhere } from '../users/find-user';
import { usernameKey } from '../users/user-columns';
import type { UserView } from '../users/user-view';
import type { FindUserInput } from './user-filter.inputs';

/** The user of the viewer's organization who has this id, username or external id; null when there is none. */
export async function findUserBy(
  { database, viewer }: SignedInContext,
  { id, username, externalId }: FindUserInput,
): Promise<UserView | null> {
  if (typeof id === 'string') return findUser(database.reader, viewer, parseGlobalId('User', id));
  if (typeof username === 'string') {
    return findUserWhere(database.reader, viewer, 'username_key', usernameKey(username));
  }
  const sought = soughtExternalId(externalId ?? '');
  return sought === null ? null : findUserWhere(database.reader, viewer, 'external_id', sought);
}
