import type { RequestContext, SignedInContext } from '../request/request-context';
import type { UserView } from './user-view';

/** The id of no session, so that ending "the other sessions" ends all of them. */
const NO_SESSION = 0;

/**
 * The context of a user who is identified but not signed in: during the steps of signing in, or with a
 * link from their mail. They have no permissions.
 */
export function actingAs(context: RequestContext, user: UserView): SignedInContext {
  const viewer = {
    userId: user.id,
    username: user.username,
    sessionId: NO_SESSION,
    organizationId: user.organizationId,
    roleId: user.role.id,
    permissions: new Set<never>(),
  };
  return { ...context, viewer };
}
