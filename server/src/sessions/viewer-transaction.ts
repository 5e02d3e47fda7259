import type { EntityManager } from 'typeorm';
import { permissionName } from '../access/permissions';
import { transaction } from '../database/transaction';
import { forbidden, unauthenticated } from '../errors';
import { lockOrganization } from '../organizations/lock-organization';
import type { SignedInContext } from '../request/request-context';
import { loadViewer } from './load-viewer';

interface Options {
  /**
   * For what changes someone's permissions, role or being enabled: such changes of one organization wait for each
   * other, so that of two users who take each other's rights at the same moment exactly one succeeds.
   */
  readonly changesAccess?: boolean;
}

/**
 * The transaction of every mutation that needs a signed-in viewer. Reads the viewer again inside, because their
 * session, role or permissions may have gone since the request began; `work` gets the context as it is now.
 * ASVS 8.3.2.
 * @throws GraphQLError UNAUTHENTICATED, FORBIDDEN
 */
export function viewerTransaction<T>(
  context: SignedInContext,
  work: (tx: EntityManager, context: SignedInContext) => Promise<T>,
  { changesAccess = false }: Options = {},
): Promise<T> {
  return transaction(context.database, async (tx) => {
    // Both before the first SELECT, which fixes what a MySQL transaction sees.
    await context.once?.claim(tx);
    if (changesAccess) await lockOrganization(tx, context.viewer.organizationId);
    const answer = await work(tx, await currentContext(tx, context));
    await context.once?.keep(tx, answer);
    return answer;
  });
}

/**
 * The context with the viewer as this transaction sees them.
 * @throws GraphQLError UNAUTHENTICATED, FORBIDDEN
 */
export async function currentContext(tx: EntityManager, context: SignedInContext): Promise<SignedInContext> {
  const viewer = await loadViewer(tx, context.viewer, context.now);
  if (!viewer) throw unauthenticated();
  if (context.requires && !viewer.permissions.has(context.requires)) {
    throw forbidden(permissionName(context.requires));
  }
  return { ...context, viewer };
}
