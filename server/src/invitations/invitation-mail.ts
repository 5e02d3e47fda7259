import type { EmailTemplate } from '../mail/email-template';
import type { UserView } from '../users/user-view';

/** Tells a new user where to sign in. It never holds the password. */
export function invitationMail(user: UserView, organization: string, publicUrl: string): EmailTemplate {
  return {
    subject: `Your account at ${organization}`,
    paragraphs: [
      `Hello ${user.firstName} ${user.lastName},`,
      `${organization} has opened an account for you. Your username is ${user.username}.`,
    ],
    link: {
      label: 'Sign in',
      url: `${publicUrl}/sign-in?username=${encodeURIComponent(user.username)}`,
    },
    closing: [
      'Your administrator tells you your password. If you do not have it, ask for a new one on the sign-in page.',
      'If you did not expect this mail, you can ignore it.',
    ],
  };
}
