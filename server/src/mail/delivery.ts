import type { SendMailOptions } from 'nodemailer';
import type { MailAddress } from '../config/mail-config';

/** A mail on its way out. */
export interface Delivery {
  /** The local part of its message id. */
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly date: Date;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Delivers mails: to a mail server, or to files. */
export interface MailTransport {
  /** @throws DeliveryError */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Why a mail could not be delivered. */
export class DeliveryError extends Error {
  /**
   * @param reason one sentence for administrators, without secrets and details of the network
   * @param isPermanent whether another attempt would fail as well
   * @param detail for the log
   */
  constructor(
    readonly reason: string,
    readonly isPermanent: boolean,
    readonly detail: object = {},
  ) {
    super(reason);
  }
}

/** The message for nodemailer. The recipient is an object, because a comma in a text would add another one. */
export function messageOf(from: MailAddress, delivery: Delivery): SendMailOptions {
  const { id, recipient, date, subject, text, html } = delivery;
  return {
    from: { ...from },
    to: { name: '', address: recipient },
    messageId: `<${id}@${from.address.replace(/^.*@/s, '')}>`,
    date,
    subject,
    text,
    html,
    // Asks for no out-of-office replies (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
