import { randomUUID } from 'node:crypto';
import { In, LessThanOrEqual } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { OutgoingMail } from './outgoing-mail.entity';

/**
 * How long a mail stays claimed (ms): longer than any delivery may take, so that it becomes due again only
 * when the instance that claimed it was killed.
 */
const CLAIM_LIFETIME = 240_000;

/**
 * Claims mails that are due for this dispatcher. When several dispatchers, also of other instances, claim
 * the same mail at once, the conditional UPDATE lets only one have it.
 */
export async function claimDueMails(database: Database, now: Date, atMost: number): Promise<OutgoingMail[]> {
  const isDue = { state: 'queued', nextAttemptAt: LessThanOrEqual(now) } as const;
  const due = await database.reader.find(OutgoingMail, {
    select: { id: true },
    where: isDue,
    order: { nextAttemptAt: 'ASC', id: 'ASC' },
    take: atMost,
  });
  if (due.length === 0) return [];

  const ids = In(due.map(({ id }) => id));
  const claim = randomUUID();
  const nextAttemptAt = new Date(now.getTime() + CLAIM_LIFETIME);
  return transaction(database, async (tx) => {
    await tx.update(OutgoingMail, { id: ids, ...isDue }, { claim, nextAttemptAt });
    return tx.findBy(OutgoingMail, { id: ids, claim });
  });
}

/** Marks a mail as sent to this address, and deletes its content. */
export async function recordSent(
  database: Database,
  { id, claim }: OutgoingMail,
  recipient: string,
  now: Date,
): Promise<void> {
  await transaction(database, (tx) =>
    tx.update(
      OutgoingMail,
      { id, claim: claim! },
      {
        state: 'sent',
        recipient,
        sentAt: now,
        content: '',
        claim: null,
        lastError: null,
        attempts: increment,
      },
    ),
  );
}

/** Keeps a mail in the outbox for another attempt. */
export async function recordRetry(
  database: Database,
  { id, claim }: OutgoingMail,
  reason: string,
  nextAttemptAt: Date,
): Promise<void> {
  await transaction(database, (tx) =>
    tx.update(
      OutgoingMail,
      { id, claim: claim! },
      { nextAttemptAt, claim: null, lastError: reason, attempts: increment },
    ),
  );
}

/** Marks a mail as one that will never be sent, and deletes its content. */
export async function recordFailed(
  database: Database,
  { id, claim }: OutgoingMail,
  reason: string,
): Promise<void> {
  await transaction(database, (tx) =>
    tx.update(
      OutgoingMail,
      { id, claim: claim! },
      { state: 'failed', content: '', claim: null, lastError: reason, attempts: increment },
    ),
  );
}

const increment = () => 'attempts + 1';
