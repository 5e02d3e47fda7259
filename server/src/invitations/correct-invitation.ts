import type { EntityManager } from 'typeorm';
import { withdrawQueuedMails, type MailContext } from '../mail/queue-mail';
import type { UserView } from '../users/user-view';
import { inviteUser } from './invite-user';

/**
 * For the corrected username of somebody who has never signed in: what waits for the old address, which may belong
 * to a stranger, is withdrawn, and an enabled user is invited at the new one. The old address is told nothing.
 */
export async function correctInvitation(
  tx: EntityManager,
  context: MailContext,
  user: UserView,
): Promise<void> {
  await withdrawQueuedMails(tx, user.id, 'usernameChanged');
  if (user.enabled) await inviteUser(tx, context, user);
}
