import type { MailBody } from './email-template';
import type { MailKind, OutgoingMail } from './outgoing-mail.entity';

/** What a mail is when it leaves, which may differ from what was queued. */
export interface Departure {
  readonly recipient: string;
  readonly body: MailBody;
}

/** Thrown for a mail that nobody waits for any more. */
export class Withdrawal extends Error {
  /** @param reason one sentence for administrators */
  constructor(readonly reason: string) {
    super(reason);
  }
}

/**
 * Looks at a mail once more when its turn has come, perhaps hours after it was queued.
 * @param queued as it was when it was queued
 * @throws Withdrawal
 */
export type Review = (mail: OutgoingMail, queued: Departure, now: Date) => Promise<Departure>;

/** By kind; a mail of a kind without one leaves as it was queued. */
export type Reviews = Partial<Record<MailKind, Review>>;
