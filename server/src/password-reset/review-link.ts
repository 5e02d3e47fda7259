import type { EntityManager } from 'typeorm';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { Withdrawal, type Review } from '../mail/departure';
import { isStillGood } from '../one-time-token/one-time-tokens';

/** A link is mailed while it works. Whatever gives its user another address, password or no access ends it. */
export function reviewLink(reader: EntityManager): Review {
  return async ({ userId, createdAt }, queued, now) => {
    // Token and mail are made in one transaction, at one time.
    const isGood = await isStillGood(reader, { userId, purpose: 'password_reset', createdAt }, now);
    if (!isGood) throw new Withdrawal(MAIL_FAILURES.linkEnded);
    return queued;
  };
}
