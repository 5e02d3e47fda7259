import { In, type EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { afterCommit } from '../database/transaction';
import { Organization } from '../organizations/organization.entity';
import { composeMail, type EmailTemplate } from './email-template';
import { encryptContent } from './mail-content';
import { OutgoingMail, type MailKind } from './outgoing-mail.entity';

export type MailContext = Pick<RequestContext, 'keys' | 'publicUrl' | 'wakeMailer' | 'now'>;

export interface NewMail {
  readonly kind: MailKind;
  readonly user: { readonly id: number; readonly organizationId: number };
  readonly recipient: string;
  /** When its link stops working. */
  readonly expiresAt?: Date;
  /** Gets the name of the user's organization. */
  readonly write: (organization: string) => EmailTemplate;
}

/**
 * Puts a mail into the outbox, in the transaction of the change that it is about, so that neither is
 * stored without the other. It is sent after the commit.
 */
export async function queueMail(
  tx: EntityManager,
  { keys, wakeMailer, now }: MailContext,
  { kind, user, recipient, expiresAt, write }: NewMail,
): Promise<void> {
  const { name } = await tx.findOneByOrFail(Organization, { id: user.organizationId });
  const content = { ...composeMail(write(name), name), expiresAt: expiresAt ?? null };
  await tx.insert(OutgoingMail, {
    organizationId: user.organizationId,
    userId: user.id,
    kind,
    recipient,
    content: encryptContent(keys.mail, user.id, content),
    state: 'queued',
    attempts: 0,
    nextAttemptAt: now,
    claim: null,
    lastError: null,
    createdAt: now,
    sentAt: null,
  });
  afterCommit(tx, wakeMailer);
}

/**
 * Withdraws the mails of a user that have not been delivered, those under way included: their delivery may succeed,
 * but they are not tried again.
 * @param kinds all when absent
 */
export async function withdrawQueuedMails(
  tx: EntityManager,
  userId: number,
  reason: 'replaced' | 'usernameChanged',
  kinds?: readonly MailKind[],
): Promise<void> {
  await tx.update(
    OutgoingMail,
    { userId, state: 'queued', ...(kinds ? { kind: In([...kinds]) } : {}) },
    { state: 'failed', content: '', claim: null, lastError: MAIL_FAILURES[reason] },
  );
}
