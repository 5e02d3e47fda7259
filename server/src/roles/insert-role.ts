import type { EntityManager } from 'typeorm';
import { insertRow } from '../database/insert-row';
import { inCatalogueOrder, type Permission } from '../access/permissions';
import { Role, roleNameColumns } from './role.entity';

export interface NewRole {
  readonly organizationId: number;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly mfaRequired: boolean;
}

export function insertRole(tx: EntityManager, role: NewRole, now: Date): Promise<number> {
  return insertRow(tx, Role, {
    organizationId: role.organizationId,
    ...roleNameColumns(role.name),
    permissions: inCatalogueOrder(role.permissions),
    mfaRequired: role.mfaRequired,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}
