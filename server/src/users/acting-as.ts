import type { RequestContext, SignedInContext } from '../request/request-context';
import type { UserView } from './user-view';

/** No session: so that whatever ends "the other sessions" ends all of them. */
const NO_SESSION = 0;

/**
 * The context of a user who proved who he is without being signed in: amid the steps of signing in,
 * or with a link from his mail. He holds no permission.
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
