import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/record-audit';
import { findAccountById } from '../passwords/account';
import type { RequestContext } from '../request/request-context';
import { auditedAs, signInTarget, UNKNOWN_ACTOR } from '../users/sign-in-audit';
import type { UserView } from '../users/user-view';

export function recordSignIn(tx: EntityManager, context: RequestContext, user: UserView): Promise<void> {
  return recordAudit(tx, auditedAs(context, user), 'user.signed_in', signInTarget(user), []);
}

/** Who gave the old token is unknown: the user, or whoever copied it. */
export async function recordTokenReuse(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
): Promise<void> {
  const account = await findAccountById(tx, userId);
  if (!account) return;
  const { organizationId } = account.user;
  const unknown = auditedAs(context, { ...UNKNOWN_ACTOR, organizationId });
  await recordAudit(tx, unknown, 'user.refresh_token_reused', signInTarget(account.user), []);
}

export async function recordSignOut(
  tx: EntityManager,
  context: RequestContext,
  userId: number,
): Promise<void> {
  const account = await findAccountById(tx, userId);
  if (account)
    await recordAudit(
      tx,
      auditedAs(context, account.user),
      'user.signed_out',
      signInTarget(account.user),
      [],
    );
}
