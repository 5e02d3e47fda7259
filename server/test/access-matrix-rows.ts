import type { BuiltOrganization } from './builders';
import type { TestService } from './harness';
import { storedRows } from './stored-rows';

/** Every row in every table that belongs to an organization or to one of its users. */
export async function rowsOfOrganization(
  service: TestService,
  { id }: BuiltOrganization,
): Promise<Record<string, unknown[]>> {
  const tables = await storedRows(service);
  const users = new Set(tables.user!.filter((row) => row.organization_id === id).map((row) => row.id));
  const entries = Object.entries(tables).map(([table, rows]) => {
    const owned = rows.filter((row) => {
      if (table === 'organization') return row.id === id;
      if ('organization_id' in row) return row.organization_id === id;
      if ('user_id' in row) return users.has(row.user_id);
      throw new Error(`Whose are the rows of ${table}?`);
    });
    return [table, owned] as const;
  });
  return Object.fromEntries(entries);
}
