import { MoreThan, type EntityManager } from 'typeorm';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { Withdrawal, type Departure, type Review } from '../mail/departure';
import { composeMail } from '../mail/email-template';
import { OutgoingMail } from '../mail/outgoing-mail.entity';
import { Organization } from '../organizations/organization.entity';
import { findUser } from '../users/find-user';
import { invitationMail } from './invitation-mail';

/**
 * An invitation goes to the present username of an enabled user who has not signed in, and names them as they are
 * called now.
 * @param publicUrl the origin of its link
 */
export function reviewInvitation(reader: EntityManager, publicUrl: string): Review {
  return async ({ id, userId, organizationId }): Promise<Departure> => {
    const user = await findUser(reader, { organizationId }, userId);
    if (!user) throw new Withdrawal(MAIL_FAILURES.userGone);
    if (!user.enabled) throw new Withdrawal(MAIL_FAILURES.userDisabled);
    if (user.lastSignInAt) throw new Withdrawal(MAIL_FAILURES.userSignedIn);
    // It was under way when the later one was queued, and has come back.
    const isReplaced = await reader.existsBy(OutgoingMail, { userId, kind: 'invitation', id: MoreThan(id) });
    if (isReplaced) throw new Withdrawal(MAIL_FAILURES.replaced);
    const { name } = await reader.findOneByOrFail(Organization, { id: organizationId });
    return {
      recipient: user.username,
      body: composeMail(invitationMail(user, name, publicUrl), name),
    };
  };
}
