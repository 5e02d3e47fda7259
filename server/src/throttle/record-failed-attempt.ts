import type { Viewer } from '../access/viewer';
import type { FieldChange } from '../audit/audit-event.entity';
import { recordFailure, type KnownFailure } from '../audit/record-failure';
import { transaction } from '../database/transaction';
import type { RequestContext } from '../request/request-context';
import { auditedAs, UNKNOWN_ACTOR } from '../users/sign-in-audit';
import type { UserView } from '../users/user-view';
import { SignInThrottle } from './sign-in-throttle.entity';
import type { Reservation } from './throttle';

export type TriedUser = Pick<UserView, 'id' | 'username' | 'organizationId' | 'enabled'>;

/** Somebody who is signed in is enabled. */
export function triedViewer({ userId, username, organizationId }: Viewer): TriedUser {
  return { id: userId, username, organizationId, enabled: true };
}

/** A wrong password or code for an account, and what it did to the account's counter. */
export interface FailedAttempt {
  readonly user: TriedUser;
  /** Which credential was wrong. */
  readonly proof: string;
  readonly reservation: Reservation;
}

/**
 * Writes the audit events before the answer, so that no flood of requests can keep them out. Unknown usernames and
 * refused attempts, which have none, do the same work: they too change the row of their counter.
 * @param key of the counter of the account
 */
export async function recordFailedAttempt(
  context: RequestContext,
  key: string,
  failed: FailedAttempt | null,
): Promise<void> {
  const known = failed && knownFailure(context, failed);
  try {
    await transaction(context.database, async (tx) => {
      await tx.update(SignInThrottle, { throttleKey: key }, { failedAt: context.now });
      await recordFailure(tx, known);
    });
  } catch (error) {
    // The answer stays the same, or it would tell who is known.
    context.log.error({ err: error }, 'A failed attempt could not be written to the audit log');
  }
}

/** The actor is unknown, unless the request is signed in as the same user. */
function knownFailure(context: RequestContext, { user, proof, reservation }: FailedAttempt): KnownFailure {
  const { startsBlocking, state } = reservation;
  const isSignedIn = context.viewer?.userId === user.id;
  const actor = isSignedIn ? user : { ...UNKNOWN_ACTOR, organizationId: user.organizationId };
  const reason = { field: 'reason', before: null, after: user.enabled ? proof : 'disabled' };
  const lock: FieldChange[] = state.blockedUntil
    ? [{ field: 'lockedUntil', before: null, after: state.blockedUntil.toISOString() }]
    : [];
  const first = {
    action: isSignedIn ? 'user.reauthentication_failed' : 'user.sign_in_failed',
    changes: [reason, ...lock],
  } as const;
  return {
    context: auditedAs(context, actor),
    target: { type: 'user', id: user.id, name: user.username, version: null },
    failures: startsBlocking ? [first, { action: 'user.locked', changes: lock }] : [first],
  };
}
