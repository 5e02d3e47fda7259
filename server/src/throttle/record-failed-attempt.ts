import type { FieldChange } from '../audit/audit-event.entity';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import { findAccountById } from '../passwords/account';
import type { RequestContext } from '../request/request-context';
import { auditedAs, signInTarget } from '../users/sign-in-audit';
import type { Reservation } from './throttle';

/** A wrong password or code for an account, and what it did to the account's counter. */
export interface FailedAttempt {
  readonly userId: number;
  /** Which credential was wrong. */
  readonly proof: string;
  readonly reservation: Reservation;
}

const UNKNOWN_ACTOR = { id: null, username: '' };

/**
 * Writes the audit events after the answer, so that its time does not tell whether there is such a user.
 * The actor is unknown, unless the request is signed in as the same user.
 */
export function recordFailedAttempt(
  context: RequestContext,
  { userId, proof, reservation }: FailedAttempt,
): void {
  const { database, viewer } = context;
  const isSignedIn = viewer?.userId === userId;
  const { startsBlocking, state } = reservation;
  const { blockedUntil } = state;
  const lock: FieldChange[] = blockedUntil
    ? [{ field: 'lockedUntil', before: null, after: blockedUntil.toISOString() }]
    : [];

  context.afterAnswer(() =>
    transaction(database, async (tx) => {
      const user = (await findAccountById(tx, userId))?.user;
      if (!user) return;
      const actor = auditedAs(
        context,
        isSignedIn ? user : { ...UNKNOWN_ACTOR, organizationId: user.organizationId },
      );
      const reason = { field: 'reason', before: null, after: user.enabled ? proof : 'disabled' };
      const action = isSignedIn ? 'user.reauthentication_failed' : 'user.sign_in_failed';
      await recordAudit(tx, actor, action, signInTarget(user), [reason, ...lock]);
      if (startsBlocking) await recordAudit(tx, actor, 'user.locked', signInTarget(user), lock);
    }),
  );
}
