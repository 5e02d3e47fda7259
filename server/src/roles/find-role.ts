import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { parseId } from '../database/sql';
import { Role } from './role.entity';

/** Null also for a role of another organization: it answers exactly like one that does not exist. */
export async function findRole(reader: EntityManager, viewer: Viewer, roleId: string): Promise<Role | null> {
  const id = parseId(roleId);
  if (id === null) return null;
  return reader.findOneBy(Role, { id, organizationId: viewer.organizationId });
}
