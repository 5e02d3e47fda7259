import { batchedLoad } from '../request/batched-loads';
import type { RequestContext } from '../request/request-context';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { usernameKey } from '../users/user-columns';
import { select, toDate } from '../database/sql';
import type { MailState } from '../mail/outgoing-mail.entity';
import type { Invitation, InvitationState } from './invitation.type';
import type { UserView } from '../users/user-view';

interface InvitationRow {
  user_id: number;
  state: MailState;
  recipient: string;
  last_error: string | null;
  created_at: Date | string;
  sent_at: Date | string | null;
}

const STATES: Record<MailState, InvitationState> = { queued: 'QUEUED', sent: 'SENT', failed: 'FAILED' };

/** The latest invitation of a user; one statement for all users asked for at once. */
export async function findInvitation(context: RequestContext, user: UserView): Promise<Invitation | null> {
  const row = await loadInvitationRow(context, user.id);
  if (!row) return null;
  const queuedAt = toDate(row.created_at);
  const sentAt = toDate(row.sent_at);
  if (user.lastSignInAt) return { state: 'ACCEPTED', reason: null, queuedAt, sentAt };
  if (row.state === 'sent' && !isPresentUsername(row.recipient, user)) {
    return { state: 'FAILED', reason: MAIL_FAILURES.usernameChanged, queuedAt, sentAt: null };
  }
  const state = STATES[row.state];
  return { state, reason: state === 'FAILED' ? row.last_error : null, queuedAt, sentAt };
}

/** However it is spelled; a mailbox is one and the same then. */
function isPresentUsername(recipient: string, { username }: UserView): boolean {
  return usernameKey(recipient) === usernameKey(username);
}

const loadInvitationRow = batchedLoad(readInvitations);

async function readInvitations(
  { database }: RequestContext,
  userIds: readonly number[],
): Promise<Map<number, InvitationRow>> {
  const rows = await select<InvitationRow>(
    database.reader,
    `SELECT m.user_id, m.state, m.recipient, m.last_error, m.created_at, m.sent_at
     FROM (SELECT MAX(id) AS id FROM outgoing_mail
           WHERE user_id IN (${userIds.map(() => '?').join(', ')}) AND kind = 'invitation'
           GROUP BY user_id) latest
     JOIN outgoing_mail m ON m.id = latest.id`,
    [...userIds],
  );
  return new Map(rows.map((row) => [row.user_id, row]));
}
