import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { recordAudit } from '../audit/record-audit';
import { normalizeName } from '../validation/normalize';
import { insertRole, type NewRole } from '../roles/insert-role';
import type { Role } from '../roles/role.entity';
import { findRoleOrFail } from '../roles/find-role';
import { reportTakenRoleName, roleChanges, roleTarget } from './role-changes';

/**
 * Adds a role to the viewer's organization, with an audit event.
 * @throws UserErrors ROLE_NAME_TAKEN
 */
export async function addRole(
  tx: EntityManager,
  context: SignedInContext,
  { name, permissions, mfaRequired }: Omit<NewRole, 'organizationId'>,
): Promise<{ role: Role }> {
  const { organizationId } = context.viewer;
  const id = await reportTakenRoleName(() =>
    insertRole(tx, { organizationId, name: normalizeName(name), permissions, mfaRequired }, context.now),
  );
  const role = await findRoleOrFail(tx, context.viewer, id);
  await recordAudit(tx, context, 'role.created', roleTarget(role), roleChanges(null, role));
  return { role };
}
