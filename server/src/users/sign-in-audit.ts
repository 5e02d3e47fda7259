import type { AuditContext, AuditTarget } from '../audit/record-audit';
import type { RequestContext } from '../request/request-context';
import { userTarget } from './user-changes';
import type { UserView } from './user-view';

/** Who acts while signing in or out: not a viewer yet, or no longer one. */
export type SignInActor = Pick<UserView, 'username' | 'organizationId'> & { readonly id: number | null };

export function auditedAs(
  { origin, now }: RequestContext,
  { id, username, organizationId }: SignInActor,
): AuditContext {
  return { viewer: { userId: id, username, organizationId }, origin, now };
}

/** Without the version: signing in is no edit that another one could collide with. */
export function signInTarget(user: UserView): AuditTarget {
  return { ...userTarget(user), version: null };
}
