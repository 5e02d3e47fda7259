import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../access/request-context';
import type { FieldChange } from '../audit/audit-event.entity';
import { recordAudit, type AuditContext, type AuditTarget } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { userTarget } from '../users/user-changes';
import type { UserView } from '../users/user-row';
import { findAccountById } from './account';
import type { Reservation } from './throttle';

export function recordSignIn(tx: EntityManager, context: RequestContext, user: UserView): Promise<void> {
  return recordAudit(tx, by(context, user), 'user.signed_in', target(user), []);
}

export async function recordSignOut(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
): Promise<void> {
  const account = await findAccountById(tx, userId);
  if (account) await recordAudit(tx, by(context, account.user), 'user.signed_out', target(account.user), []);
}

/** A wrong guess at a user's password or code, and what it brought upon the account. */
export interface WrongGuess {
  readonly userId: number;
  /** Which proof was wrong. */
  readonly proof: string;
  readonly reservation: Reservation;
}

/**
 * Records it once the answer is out, so that time does not tell whether there is such a user. Who
 * guesses is nobody known, unless he is signed in as this very user.
 */
export function recordWrongGuess(context: RequestContext, { userId, proof, reservation }: WrongGuess): void {
  const { database, viewer } = context;
  const isSignedIn = viewer?.userId === userId;
  const { startsBlocking, blockedUntil } = reservation;
  const lock: FieldChange[] = blockedUntil
    ? [{ field: 'lockedUntil', before: null, after: blockedUntil.toISOString() }]
    : [];

  context.afterAnswer(() =>
    transaction(database, async (tx) => {
      const user = (await findAccountById(tx, userId))?.user;
      if (!user) return;
      const guesser = by(context, isSignedIn ? user : { ...NOBODY, organizationId: user.organizationId });
      const reason = { field: 'reason', before: null, after: user.enabled ? proof : 'disabled' };
      const action = isSignedIn ? 'user.proof_failed' : 'user.sign_in_failed';
      await recordAudit(tx, guesser, action, target(user), [reason, ...lock]);
      if (startsBlocking) await recordAudit(tx, guesser, 'user.locked', target(user), lock);
    }),
  );
}

const NOBODY = { id: null, username: '' };

type Actor = Pick<UserView, 'username' | 'organizationId'> & { readonly id: number | null };

function by({ origin, now }: RequestContext, { id, username, organizationId }: Actor): AuditContext {
  return { viewer: { userId: id, username, organizationId }, origin, now };
}

/** Without the version: signing in is no edit that another one could collide with. */
function target(user: UserView): AuditTarget {
  return { ...userTarget(user), version: null };
}
