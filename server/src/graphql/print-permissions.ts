import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ADMINISTRATION,
  ALL_AREAS,
  AREA_CATALOGUE,
  PERMISSION_CATALOGUE,
  permissionName,
  permissionsNeededBy,
  type Area,
  type Permission,
} from '../access/permissions';

const HEADER = `<!-- Written by \`npm run build:schema\` from server/src/access/permissions.ts. Do not edit. -->

# Permissions

A role is a named set of permissions, and every user has one role. Fields of the schema name the permission
they need with \`@auth\`; nobody may grant a permission that they lack, nor edit a role or user that has one.
A role that is given a permission must have those that it needs as well.
`;

/** Names of the API. */
function needs(permission: Permission): string {
  return permissionsNeededBy(permission)
    .map((needed) => `\`${permissionName(needed)}\``)
    .join(', ');
}

function section(area: Area): string {
  const { label, description } = AREA_CATALOGUE[area];
  const rows = Object.entries(PERMISSION_CATALOGUE)
    .filter(([, permission]) => permission.area === area)
    .map(
      ([name, permission]) =>
        `| \`${name}\` | \`${permission.key}\` | ${permission.description} | ${needs(permission.key)} |`,
    );
  return [
    `## ${label}`,
    '',
    `\`${area}\`: ${description}`,
    '',
    '| In the API | In exports and the database | Allows | Needs |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const administration = ADMINISTRATION.map((permission) => `\`${permissionName(permission)}\``).join(', ');
const footer = `## Administration

Whoever holds all of ${administration} can put the organization's users in order. The last enabled user who
does cannot be disabled, nor lose this role, nor can the role lose one of them.
`;

writeFileSync(resolve('docs/permissions.md'), [HEADER, ...ALL_AREAS.map(section), footer].join('\n\n'));
