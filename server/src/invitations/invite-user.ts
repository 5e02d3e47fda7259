import type { EntityManager } from 'typeorm';
import { queueMail, withdrawQueuedMails, type MailContext } from '../mail/queue-mail';
import type { UserView } from '../users/user-view';

/**
 * Queues the invitation mail of a new user. It never holds the password. An earlier invitation that is
 * still queued is withdrawn.
 */
export async function inviteUser(tx: EntityManager, context: MailContext, user: UserView): Promise<void> {
  await withdrawQueuedMails(tx, user.id, 'invitation');
  await queueMail(tx, context, {
    kind: 'invitation',
    user,
    recipient: user.username,
    write: (organization) => ({
      subject: `Your account at ${organization}`,
      paragraphs: [
        `Hello ${user.firstName} ${user.lastName},`,
        `${organization} has opened an account for you. Your username is ${user.username}.`,
      ],
      link: {
        label: 'Sign in',
        url: `${context.publicUrl}/sign-in?username=${encodeURIComponent(user.username)}`,
      },
      closing: [
        'Your administrator tells you your password. If you do not have it, ask for a new one on the sign-in page.',
        'If you did not expect this mail, you can ignore it.',
      ],
    }),
  });
}
