import type { EntityManager } from 'typeorm';
import type { Feature } from '../access/features';
import { ALL_PERMISSIONS, type Permission } from '../access/permissions';
import { insertRow } from '../database/insert-row';
import { Organization } from '../organizations/organization.entity';
import { insertRole } from '../roles/insert-role';

export interface CreatedOrganization {
  readonly id: number;
  readonly roleIds: Readonly<Record<FirstRole, number>>;
}

/** What a new organization starts with; its administrators shape the roles to their needs. */
const FIRST_ROLES = {
  Administrator: ALL_PERMISSIONS,
  // With the permissions of agents and supervisors, because nobody may edit users who have more than they do.
  'User Manager': ['view_users', 'edit_user', 'set_user_enabled', 'view_customers', 'access_calls'],
  Supervisor: ['view_users', 'view_customers', 'access_calls'],
  Agent: ['view_customers', 'access_calls'],
} as const satisfies Record<string, readonly Permission[]>;

export type FirstRole = keyof typeof FIRST_ROLES;

/** Writes an organization with its first roles. */
export async function createOrganization(
  tx: EntityManager,
  { name, features, now }: { name: string; features: Feature[]; now: Date },
): Promise<CreatedOrganization> {
  const id = await insertRow(tx, Organization, {
    name,
    features,
    mfaRequired: false,
    phoneCountry: null,
    administrationVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
  const insert = (role: FirstRole) =>
    insertRole(
      tx,
      { organizationId: id, name: role, permissions: FIRST_ROLES[role], mfaRequired: false },
      now,
    );
  const roleIds = {
    Administrator: await insert('Administrator'),
    'User Manager': await insert('User Manager'),
    Supervisor: await insert('Supervisor'),
    Agent: await insert('Agent'),
  };
  return { id, roleIds };
}
