import type { EntityManager } from 'typeorm';
import { Organization } from '../organizations/organization.entity';
import { Role } from '../roles/role.entity';
import { UserError } from '../errors';
import { User } from './user.entity';
import { canAdminister } from './user.policy';
import type { UserView } from './user-row';

/**
 * Must be the first statement of a transaction that may take administration from a user. Locking the
 * users instead would not do: row locks do not cross the nodes of a cluster, but two writes of one
 * row do collide there.
 */
export async function lockAdministration(tx: EntityManager, organizationId: number): Promise<void> {
  await tx.increment(Organization, { id: organizationId }, 'administrationVersion', 1);
}

/** Whether no other enabled user could put the organization's users in order. */
export async function isLastAdministrator(tx: EntityManager, user: UserView): Promise<boolean> {
  if (!user.enabled || !canAdminister(user.role.permissions)) return false;
  const roles = await tx.findBy(Role, { organizationId: user.organizationId });
  const administrating = roles.filter((role) => canAdminister(role.permissions)).map((role) => role.id);
  const other = await tx
    .createQueryBuilder(User, 'user')
    .select('user.id')
    .where('user.organizationId = :organizationId AND user.enabled = :enabled', {
      organizationId: user.organizationId,
      enabled: true,
    })
    .andWhere('user.roleId IN (:...administrating) AND user.id <> :id', { administrating, id: user.id })
    .getOne();
  return other === null;
}

export function lastAdministrator(field: string): UserError {
  return new UserError(
    'LAST_ADMINISTRATOR',
    ['input', field],
    'This is the last enabled user who can administer users; somebody must be able to.',
  );
}
