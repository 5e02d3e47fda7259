import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { parseId } from '../database/sql';
import { Role } from './role.entity';

/** A role of the viewer's organization. Null for any other id, so that no answer tells what exists elsewhere. */
export async function findRole(reader: EntityManager, viewer: Viewer, roleId: string): Promise<Role | null> {
  const id = parseId(roleId);
  if (id === null) return null;
  return reader.findOneBy(Role, { id, organizationId: viewer.organizationId });
}
