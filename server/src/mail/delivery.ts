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

/** Whatever takes mails away from here. */
export interface MailTransport {
  /** @throws DeliveryError */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Why a mail did not get out. */
export class DeliveryError extends Error {
  /**
   * @param reason one sentence for administrators: no secrets, nothing of our network
   * @param isPermanent whether another attempt would end the same
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

/** The recipient as an object, never as text, in which a comma or a bracket would begin another one. */
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
    // RFC 3834: no out-of-office replies to us.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
