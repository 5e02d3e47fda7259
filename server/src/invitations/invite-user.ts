import type { EntityManager } from 'typeorm';
import { queueMail, withdrawQueuedMails, type MailContext } from '../mail/queue-mail';
import type { UserView } from '../users/user-view';
import { invitationMail } from './invitation-mail';

/** Queues the invitation mail of a new user. An earlier invitation that is still queued is withdrawn. */
export async function inviteUser(tx: EntityManager, context: MailContext, user: UserView): Promise<void> {
  await withdrawQueuedMails(tx, user.id, 'replaced', ['invitation']);
  await queueMail(tx, context, {
    kind: 'invitation',
    user,
    recipient: user.username,
    write: (organization) => invitationMail(user, organization, context.publicUrl),
  });
}
