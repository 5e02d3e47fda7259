import type { EntityManager } from 'typeorm';
import { queueMail, type MailContext } from '../mail/queue-mail';
import type { UserView } from './user-view';

export type SecurityNotice = 'password_changed' | 'mfa_enabled' | 'mfa_removed' | 'mfa_reset';

const NOTICES: Record<SecurityNotice, { readonly subject: string; readonly happened: string }> = {
  password_changed: { subject: 'Your password was changed', happened: 'The password was changed' },
  mfa_enabled: {
    subject: 'Two-factor authentication was turned on',
    happened: 'Two-factor authentication was turned on',
  },
  mfa_removed: {
    subject: 'Two-factor authentication was turned off',
    happened: 'Two-factor authentication was turned off',
  },
  mfa_reset: {
    subject: 'Two-factor authentication was turned off',
    happened: 'Two-factor authentication was turned off and the password was changed',
  },
};

const ADVICE = 'If neither you nor your administrator did this, tell your administrator at once.';

/** Tells a user by mail that their credentials were changed, perhaps not by them. ASVS 6.3.7. */
export async function queueSecurityNotice(
  tx: EntityManager,
  context: MailContext,
  user: UserView,
  notice: SecurityNotice,
): Promise<void> {
  const { subject, happened } = NOTICES[notice];
  await queueMail(tx, context, {
    kind: notice,
    user,
    recipient: user.username,
    write: (organization) => ({
      subject,
      paragraphs: [
        `Hello ${user.firstName} ${user.lastName},`,
        `${happened} for ${user.username} at ${organization} on ${timeOf(context.now)}.`,
        ADVICE,
      ],
    }),
  });
}

/** Sent to the old address too, whose owner must learn that it no longer signs in to the account. */
export async function queueUsernameNotices(
  tx: EntityManager,
  context: MailContext,
  before: UserView,
  after: UserView,
): Promise<void> {
  for (const recipient of [before.username, after.username]) {
    await queueMail(tx, context, {
      kind: 'username_changed',
      user: after,
      recipient,
      write: (organization) => ({
        subject: 'Your username was changed',
        paragraphs: [
          `Hello ${after.firstName} ${after.lastName},`,
          `The username at ${organization} was changed from ${before.username} to ${after.username} on ${timeOf(context.now)}. Sign in with the new one from now on.`,
          ADVICE,
        ],
      }),
    });
  }
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function timeOf(date: Date): string {
  return `${TIME.format(date)} UTC`;
}
