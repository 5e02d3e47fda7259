import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { queueMail, withdrawQueuedMails } from '../mail/queue-mail';
import { countOneTimeTokens, issueOneTimeToken } from '../one-time-token/one-time-tokens';
import { findAccountById } from '../passwords/account';
import { usernameKey } from '../users/user-columns';
import { limitRequests } from '../throttle/rate-limit';
import { lockUser } from '../users/lock-user';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';
import type { RequestPasswordResetInput } from './password-reset.inputs';

const MINUTE = 60_000;
const LINK_LIFETIME = 60 * MINUTE;

/** Within COUNTED_TIME for one user, so that nobody can flood the mailbox of another. */
const MAXIMUM_MAILS = 3;
const COUNTED_TIME = 60 * MINUTE;

/**
 * Mails a link to set a new password with, if there is such a user and they are enabled. The answer is
 * always the same, and sent before the user is looked up, so that its time tells nothing. ASVS 6.3.8.
 * @throws UserErrors REQUIRED
 * @throws GraphQLError RATE_LIMITED
 */
export async function requestPasswordReset(
  context: RequestContext,
  input: RequestPasswordResetInput,
): Promise<object> {
  throwIfAny(await inputErrors(input));
  await limitRequests(context, 'passwordReset');
  context.afterAnswer(() => mailLink(context, input.username));
  return {};
}

async function mailLink(context: RequestContext, username: string): Promise<void> {
  const { database } = context;
  const found = await findUserByUsername(database.reader, username);
  if (!found) return;
  await transaction(database, async (tx) => {
    // Locked first, so that of several requests at once each counts the mails of the others.
    await lockUser(tx, found.id);
    const account = await findAccountById(tx, found.id);
    if (account?.user.enabled) await queueLink(tx, context, account.user);
  });
}

function findUserByUsername(reader: EntityManager, username: string): Promise<Pick<User, 'id'> | null> {
  return reader.findOne(User, { select: { id: true }, where: { usernameKey: usernameKey(username) } });
}

async function queueLink(tx: EntityManager, context: RequestContext, user: UserView): Promise<void> {
  const { publicUrl, now } = context;
  const since = new Date(now.getTime() - COUNTED_TIME);
  if ((await countOneTimeTokens(tx, user.id, 'password_reset', since)) >= MAXIMUM_MAILS) return;

  const expiresAt = new Date(now.getTime() + LINK_LIFETIME);
  const token = await issueOneTimeToken(tx, { userId: user.id, purpose: 'password_reset', now, expiresAt });
  await withdrawQueuedMails(tx, user.id, 'replaced', ['password_reset']);
  await queueMail(tx, context, {
    kind: 'password_reset',
    user,
    recipient: user.username,
    expiresAt,
    write: (organization) => ({
      subject: 'Set a new password',
      paragraphs: [
        `Hello ${user.firstName} ${user.lastName},`,
        `someone, probably you, asked for a new password for ${user.username} at ${organization}.`,
      ],
      // In the fragment, which browsers do not send, so that it reaches no log and no other site.
      link: { label: 'Set a new password', url: `${publicUrl}/reset-password#token=${token}` },
      closing: [
        `The link works once, within ${LINK_LIFETIME / MINUTE} minutes.`,
        'If it was not you, ignore this mail. Your password stays as it is.',
      ],
    }),
  });
}
