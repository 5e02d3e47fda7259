import { LessThan, Not } from 'typeorm';
import type { Database } from '../database/database';
import { deleteInBatches } from '../database/delete-in-batches';
import { OutgoingMail } from './outgoing-mail.entity';

/** Deletes the mails from before this time that were sent, given up or withdrawn, with the addresses in them. */
export function deleteOldMails(database: Database, before: Date, stopping: AbortSignal): Promise<number> {
  const which = {
    where: { createdAt: LessThan(before), state: Not('queued' as const) },
    order: { createdAt: 'ASC' },
  } as const;
  return deleteInBatches(database, OutgoingMail, which, stopping);
}
