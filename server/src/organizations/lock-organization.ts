import type { EntityManager } from 'typeorm';
import { Organization } from './organization.entity';

/**
 * The first statement of a transaction that must not run beside another of its kind: one that may take
 * administration from a user, or that changes the organization itself. Locking the users instead would
 * not do: row locks do not cross the nodes of a cluster, but two writes of one row do collide there.
 */
export async function lockOrganization(tx: EntityManager, organizationId: number): Promise<void> {
  await tx.increment(Organization, { id: organizationId }, 'administrationVersion', 1);
}
