import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/record-audit';
import { findAccountById } from '../passwords/account';
import type { RequestContext } from '../request/request-context';
import { auditedAs, signInTarget } from '../users/sign-in-audit';
import type { UserView } from '../users/user-view';

export function recordSignIn(tx: EntityManager, context: RequestContext, user: UserView): Promise<void> {
  return recordAudit(tx, auditedAs(context, user), 'user.signed_in', signInTarget(user), []);
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
