import { In, Not, type EntityManager } from 'typeorm';
import { Role } from '../roles/role.entity';
import { canAdminister } from '../roles/role.policy';
import { userError, type UserError } from '../errors';
import { User } from './user.entity';
import type { UserView } from './user-view';

/** Whether this user is the last enabled one who can administer the organization's users. */
export async function isLastAdministrator(tx: EntityManager, user: UserView): Promise<boolean> {
  if (!user.enabled || !canAdminister(user.role.permissions)) return false;
  return !(await administratorRemains(tx, user.organizationId, { userId: user.id }));
}

/** Whether another enabled user can administer the organization's users, without this user or this role. */
export async function administratorRemains(
  tx: EntityManager,
  organizationId: number,
  without: { readonly userId?: number; readonly roleId?: number },
): Promise<boolean> {
  const roles = await tx.findBy(Role, { organizationId });
  const roleIds = roles
    .filter((role) => canAdminister(role.permissions) && role.id !== without.roleId)
    .map((role) => role.id);
  return tx.existsBy(User, {
    organizationId,
    enabled: true,
    roleId: In(roleIds),
    ...(without.userId === undefined ? {} : { id: Not(without.userId) }),
  });
}

export function lastAdministrator(field: string): UserError {
  return userError('LAST_ADMINISTRATOR', ['input', field]);
}
