import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { Organization } from './organization.entity';

export function findOwnOrganization(
  reader: EntityManager,
  { organizationId }: Pick<Viewer, 'organizationId'>,
): Promise<Organization> {
  return reader.findOneByOrFail(Organization, { id: organizationId });
}
