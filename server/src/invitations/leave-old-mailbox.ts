import type { EntityManager } from 'typeorm';
import { withdrawQueuedMails, type MailContext } from '../mail/queue-mail';
import { revokeOneTimeTokens } from '../one-time-token/one-time-tokens';
import { queueUsernameNotices } from '../users/security-notice';
import type { UserView } from '../users/user-view';
import { inviteUser } from './invite-user';

/**
 * What a new username leads to. Links that were sent to the old mailbox no longer work. Both mailboxes are told,
 * unless the user has never signed in: the old one may then belong to a stranger, to whom a slip of the keyboard has
 * sent the invitation. What waits for it is withdrawn, and an enabled user is invited at the new one.
 */
export async function leaveOldMailbox(
  tx: EntityManager,
  context: MailContext,
  before: UserView,
  after: UserView,
): Promise<void> {
  await revokeOneTimeTokens(tx, after.id, context.now);
  if (before.lastSignInAt !== null) {
    await queueUsernameNotices(tx, context, before, after);
    return;
  }
  await withdrawQueuedMails(tx, after.id, 'usernameChanged');
  if (after.enabled) await inviteUser(tx, context, after);
}
