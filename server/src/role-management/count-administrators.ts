import { In, type EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { listRoles } from '../roles/list-roles';
import { canAdminister, type RoleSubject } from '../roles/role.policy';
import { User } from '../users/user.entity';

/** How many enabled users could administer the organization if this role had the given permissions. */
export async function countAdministrators(
  reader: EntityManager,
  viewer: Viewer,
  changed: RoleSubject,
): Promise<number> {
  const roles = await listRoles(reader, viewer);
  const roleIds = roles
    .map((role) => (role.id === changed.id ? changed : role))
    .filter(({ permissions }) => canAdminister(permissions))
    .map(({ id }) => id);
  return reader.countBy(User, { roleId: In(roleIds), enabled: true });
}
