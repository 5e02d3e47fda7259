import { In, type EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { parseGlobalId } from '../global-id/global-id';
import { Role } from './role.entity';

/** A role of the viewer's organization. Null for any other id, so that no answer tells what exists elsewhere. */
export async function findRole(reader: EntityManager, viewer: Viewer, roleId: string): Promise<Role | null> {
  const id = parseGlobalId('Role', roleId);
  if (id === null) return null;
  return reader.findOneBy(Role, { id, organizationId: viewer.organizationId });
}

/** Roles of the viewer's organization, in no certain order; what is not there is left out. */
export function findRoles(reader: EntityManager, viewer: Viewer, ids: readonly number[]): Promise<Role[]> {
  return reader.findBy(Role, { id: In([...ids]), organizationId: viewer.organizationId });
}

/**
 * A role that must be there, because this transaction has just written it.
 * @throws Error when it is not
 */
export async function findRoleOrFail(reader: EntityManager, viewer: Viewer, id: number): Promise<Role> {
  return reader.findOneByOrFail(Role, { id, organizationId: viewer.organizationId });
}
