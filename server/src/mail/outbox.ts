import { randomUUID } from 'node:crypto';
import { In, LessThanOrEqual } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { OutgoingMail } from './outgoing-mail.entity';

/**
 * How long a claim holds (ms): longer than any delivery may take, so that a mail becomes due again only
 * when the instance that claimed it was killed.
 */
export const CLAIM_LIFETIME = 240_000;

/**
 * Takes mails that are due for this dispatcher alone. Of several that reach for the same mail, on
 * whatever instance, the conditional UPDATE lets one have it.
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

/** It is out: what it said is no longer kept. */
export async function recordSent(database: Database, { id, claim }: OutgoingMail, now: Date): Promise<void> {
  await transaction(database, (tx) =>
    tx.update(
      OutgoingMail,
      { id, claim: claim! },
      { state: 'sent', sentAt: now, content: '', claim: null, lastError: null, attempts: increment },
    ),
  );
}

/** It stays in the outbox for another attempt. */
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

/** It will never go out. */
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
