import type { Database } from '../database/database';
import { select } from '../database/sql';
import { globalId } from '../global-id/global-id';

interface OrganizationRow {
  id: number;
  name: string;
  features: string;
  users: number;
}

/** The organizations as a table for the terminal. */
export async function describeOrganizations({ reader }: Database): Promise<string> {
  const rows = await select<OrganizationRow>(
    reader,
    `SELECT o.id, o.name, o.features,
       (SELECT COUNT(*) FROM user u WHERE u.organization_id = o.id) AS users
     FROM organization o ORDER BY o.id`,
    [],
  );
  if (rows.length === 0) return 'There is no organization yet.';
  return table([
    ['ID', 'USERS', 'FEATURES', 'NAME'],
    ...rows.map((row) => [
      globalId('Organization', row.id),
      String(row.users),
      (JSON.parse(row.features) as string[]).join(',') || '-',
      row.name,
    ]),
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
