import { ADMINISTRATION, parsePermissions } from '../src/access/permissions';
import { select } from '../src/database/sql';
import type { BuiltOrganization } from './builders';
import type { TestService } from './harness';

/** How many enabled users of an organization could put its users in order, as the rows say. */
export async function enabledAdministrators(
  { app }: TestService,
  { id }: Pick<BuiltOrganization, 'id'>,
): Promise<number> {
  const rows = await select<{ permissions: string }>(
    app.database.reader,
    `SELECT r.permissions FROM user u JOIN role r ON r.id = u.role_id
     WHERE u.organization_id = ? AND u.enabled = ?`,
    [id, true],
  );
  return rows.filter(({ permissions }) => {
    const held = parsePermissions(permissions);
    return ADMINISTRATION.every((permission) => held.includes(permission));
  }).length;
}
