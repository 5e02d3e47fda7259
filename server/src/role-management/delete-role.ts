import type { EntityManager } from 'typeorm';
import { denyWithoutPermission, denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { recordAudit } from '../audit/record-audit';
import { throwIfAny, userError, type UserError } from '../errors';
import { findRole } from '../roles/find-role';
import { Role } from '../roles/role.entity';
import { assignmentErrors, canAdminister, denialsToDeleteRole, roleNotFound } from '../roles/role.policy';
import { administratorRemains, lastAdministrator } from '../users/last-administrator';
import { User } from '../users/user.entity';
import { moveUsers } from './move-users';
import { roleChanges, roleTarget, requireRole } from './role-changes';
import type { DeleteRoleInput } from './role.inputs';
import { globalId } from '../global-id/global-id';

const TARGET = ['input', 'moveUsersToRoleId'];

/**
 * Deletes a role; its users get another one in the same transaction.
 * @throws UserErrors ROLE_IN_USE when it has users and no other role is named
 */
export async function deleteRole(
  context: SignedInContext,
  { id, moveUsersToRoleId }: DeleteRoleInput,
): Promise<{ deletedRoleId: string; movedUsers: number }> {
  const remove = async (tx: EntityManager, context: SignedInContext) => {
    const { viewer } = context;
    const role = await requireRole(tx, viewer, id);
    throwIfAny(denials(denialsToDeleteRole(viewer, role), ['input', 'id']));
    const other =
      typeof moveUsersToRoleId === 'string' ? await findRole(tx, viewer, moveUsersToRoleId) : null;
    const isNamed = typeof moveUsersToRoleId === 'string';
    const isUsed = await tx.existsBy(User, { roleId: role.id });
    throwIfAny([
      ...(isNamed ? moveErrors(context, role, other) : []),
      ...(isUsed && !isNamed ? [inUse()] : []),
    ]);
    if (isUsed && (await leavesNoAdministrator(tx, role, other!)))
      throwIfAny([lastAdministrator('moveUsersToRoleId')]);

    const movedUsers = isUsed ? await moveUsers(tx, context, role, other!) : 0;
    await tx.delete(Role, { id: role.id });
    await recordAudit(tx, context, 'role.deleted', roleTarget(role), roleChanges(role, null));
    return { deletedRoleId: globalId('Role', role.id), movedUsers };
  };
  return viewerTransaction(context, remove, { changesAccess: true });
}

function moveErrors({ viewer }: SignedInContext, role: Role, other: Role | null): UserError[] {
  if (other?.id === role.id) return [roleNotFound(TARGET)];
  return [
    ...assignmentErrors(viewer, other, TARGET),
    ...denials(denyWithoutPermission(viewer, 'edit_user'), TARGET),
  ];
}

function inUse(): UserError {
  return userError('ROLE_IN_USE', TARGET);
}

async function leavesNoAdministrator(tx: EntityManager, role: Role, other: Role): Promise<boolean> {
  if (!canAdminister(role.permissions) || canAdminister(other.permissions)) return false;
  return !(await administratorRemains(tx, role.organizationId, { roleId: role.id }));
}
