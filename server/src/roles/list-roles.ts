import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { Role } from './role.entity';

/** The roles of the viewer's organization by name. */
export function listRoles(reader: EntityManager, viewer: Pick<Viewer, 'organizationId'>): Promise<Role[]> {
  return reader.find(Role, {
    where: { organizationId: viewer.organizationId },
    order: { nameKey: 'ASC', id: 'ASC' },
  });
}
