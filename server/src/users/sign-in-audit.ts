import type { AuditContext, AuditTarget } from '../audit/record-audit';
import type { RequestContext } from '../request/request-context';
import { userTarget } from './user-changes';
import type { UserView } from './user-view';

/** The user who signs in or out, and who is not a viewer at that moment. */
export type SignInActor = Pick<UserView, 'username' | 'organizationId'> & { readonly id: number | null };

/** Somebody who has not shown who they are. */
export const UNKNOWN_ACTOR = { id: null, username: '' };

export function auditedAs(
  { origin, now }: RequestContext,
  { id, username, organizationId }: SignInActor,
): AuditContext {
  return { viewer: { userId: id, username, organizationId }, origin, now };
}

/** Without a version, because a sign-in is not an edit that another one could conflict with. */
export function signInTarget(user: UserView): AuditTarget {
  return { ...userTarget(user), version: null };
}
