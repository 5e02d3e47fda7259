import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { select, toDate } from '../database/sql';
import type { MailState } from '../mail/outgoing-mail.entity';
import type { Invitation, InvitationState } from './invitation.type';
import type { UserView } from '../users/user-view';

interface InvitationRow {
  user_id: number;
  state: MailState;
  last_error: string | null;
  created_at: Date | string;
  sent_at: Date | string | null;
}

type Loader = DataLoader<number, InvitationRow | null>;

const loaders = new WeakMap<RequestContext, Loader>();

const STATES: Record<MailState, InvitationState> = { queued: 'QUEUED', sent: 'SENT', failed: 'FAILED' };

/** The latest invitation of a user; the lookups of one request are batched into one statement. */
export async function findInvitation(context: RequestContext, user: UserView): Promise<Invitation | null> {
  let loader = loaders.get(context);
  if (!loader) {
    // No cache, because a later mutation of the same request may send another invitation.
    loader = new DataLoader((userIds) => readInvitations(context.database.reader, userIds), { cache: false });
    loaders.set(context, loader);
  }
  const row = await loader.load(user.id);
  if (!row) return null;
  const state = user.lastSignInAt ? 'ACCEPTED' : STATES[row.state];
  return {
    state,
    reason: state === 'FAILED' ? row.last_error : null,
    queuedAt: toDate(row.created_at),
    sentAt: toDate(row.sent_at),
  };
}

async function readInvitations(
  reader: EntityManager,
  userIds: readonly number[],
): Promise<(InvitationRow | null)[]> {
  const rows = await select<InvitationRow>(
    reader,
    `SELECT m.user_id, m.state, m.last_error, m.created_at, m.sent_at
     FROM (SELECT MAX(id) AS id FROM outgoing_mail
           WHERE user_id IN (${userIds.map(() => '?').join(', ')}) AND kind = 'invitation'
           GROUP BY user_id) latest
     JOIN outgoing_mail m ON m.id = latest.id`,
    [...userIds],
  );
  const byUser = new Map(rows.map((row) => [row.user_id, row]));
  return userIds.map((userId) => byUser.get(userId) ?? null);
}
