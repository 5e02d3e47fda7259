import { batchedLoad } from '../request/batched-loads';
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

const STATES: Record<MailState, InvitationState> = { queued: 'QUEUED', sent: 'SENT', failed: 'FAILED' };

/** The latest invitation of a user; one statement for all users asked for at once. */
export async function findInvitation(context: RequestContext, user: UserView): Promise<Invitation | null> {
  const row = await loadInvitationRow(context, user.id);
  if (!row) return null;
  const state = user.lastSignInAt ? 'ACCEPTED' : STATES[row.state];
  return {
    state,
    reason: state === 'FAILED' ? row.last_error : null,
    queuedAt: toDate(row.created_at),
    sentAt: toDate(row.sent_at),
  };
}

const loadInvitationRow = batchedLoad(readInvitations);

async function readInvitations(
  { database }: RequestContext,
  userIds: readonly number[],
): Promise<Map<number, InvitationRow>> {
  const rows = await select<InvitationRow>(
    database.reader,
    `SELECT m.user_id, m.state, m.last_error, m.created_at, m.sent_at
     FROM (SELECT MAX(id) AS id FROM outgoing_mail
           WHERE user_id IN (${userIds.map(() => '?').join(', ')}) AND kind = 'invitation'
           GROUP BY user_id) latest
     JOIN outgoing_mail m ON m.id = latest.id`,
    [...userIds],
  );
  return new Map(rows.map((row) => [row.user_id, row]));
}
