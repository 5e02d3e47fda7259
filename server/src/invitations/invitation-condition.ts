import type { EntityManager } from 'typeorm';
import { anyOf, condition, isOneOf } from '../database/condition';
import type { Condition } from '../database/keyset-page';
import { select } from '../database/sql';
import { usernameKey } from '../users/user-columns';
import type { InvitationState } from './invitation.type';

/** The users whose invitation went to their present mailbox under another spelling of it: their numbers. */
export type SpelledAnew = readonly number[];

const LATEST_INVITATION = `m.id = (SELECT MAX(latest.id) FROM outgoing_mail latest
  WHERE latest.user_id = u.id AND latest.kind = 'invitation')`;

/** The users u whose latest invitation is in this state, as findInvitation tells it. */
export function invitationCondition(state: InvitationState, spelledAnew: SpelledAnew): Condition {
  const isPresent = anyOf([condition('m.recipient = u.username'), isOneOf('u.id', spelledAnew)]);
  const signedIn = 'u.last_sign_in_at IS NOT NULL';
  const notSignedIn = 'u.last_sign_in_at IS NULL';
  if (state === 'ACCEPTED') return latestIs(condition(signedIn));
  if (state === 'QUEUED') return latestIs(condition(`${notSignedIn} AND m.state = 'queued'`));
  const { sql, parameters } = isPresent;
  if (state === 'SENT')
    return latestIs({ sql: `${notSignedIn} AND m.state = 'sent' AND ${sql}`, parameters });
  const hasFailed = `(m.state = 'failed' OR (m.state = 'sent' AND NOT ${sql}))`;
  return latestIs({ sql: `${notSignedIn} AND ${hasFailed}`, parameters });
}

function latestIs({ sql, parameters }: Condition): Condition {
  return { sql: `EXISTS (SELECT 1 FROM outgoing_mail m WHERE ${LATEST_INVITATION} AND ${sql})`, parameters };
}

/**
 * Reads what no database can tell: which of two different texts name the same mailbox. Only users who were renamed
 * while they were disabled, or while their mail was under way, come into question, so there are few.
 */
export async function findSpelledAnew(reader: EntityManager, organizationId: number): Promise<SpelledAnew> {
  const rows = await select<{ id: number; username_key: string; recipient: string }>(
    reader,
    `SELECT u.id, u.username_key, m.recipient FROM user u JOIN outgoing_mail m ON m.user_id = u.id
     WHERE u.organization_id = ? AND u.last_sign_in_at IS NULL AND m.state = 'sent' AND m.recipient <> u.username
       AND ${LATEST_INVITATION}`,
    [organizationId],
  );
  return rows.filter((row) => usernameKey(row.recipient) === row.username_key).map(({ id }) => id);
}
