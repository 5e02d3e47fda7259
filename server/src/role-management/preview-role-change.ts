import { areasOf } from '../access/area-access';
import { inCatalogueOrder, type Area, type Permission } from '../access/permissions';
import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { findRole } from '../roles/find-role';
import { denialsToEditRole } from '../roles/role.policy';
import { User } from '../users/user.entity';
import { countAdministrators } from './count-administrators';
import type { PreviewRoleChangeInput } from './role.inputs';
import type { RoleChangePreview } from './role.payloads';
import { permissionErrors } from './update-role';

/** What updateRole would change, and for how many users. Null when there is no such role. */
export async function previewRoleChange(
  { database: { reader }, viewer }: SignedInContext,
  { id, permissions: wanted }: PreviewRoleChangeInput,
): Promise<RoleChangePreview | null> {
  const role = await findRole(reader, viewer, id);
  if (!role) return null;
  const permissions = inCatalogueOrder(wanted);
  const { features } = await findOwnOrganization(reader, viewer);
  const areas = (held: readonly Permission[]): Area[] => areasOf(held, features, {}).map(({ area }) => area);
  const before = areas(role.permissions);
  const after = areas(permissions);
  const notEditable = denials(denialsToEditRole(viewer, role), ['input', 'id']);
  const enabledUsers = await reader.countBy(User, { roleId: role.id, enabled: true });

  return {
    adds: permissions.filter((permission) => !role.permissions.includes(permission)),
    removes: role.permissions.filter((permission) => !permissions.includes(permission)),
    opensAreas: after.filter((area) => !before.includes(area)),
    closesAreas: before.filter((area) => !after.includes(area)),
    userCount: await reader.countBy(User, { roleId: role.id }),
    lockedOutUsers: before.length > 0 && after.length === 0 ? enabledUsers : 0,
    administratorsLeft: await countAdministrators(reader, viewer, { id: role.id, permissions }),
    userErrors:
      notEditable.length > 0 ? notEditable : await permissionErrors(reader, viewer, role, permissions),
  };
}
