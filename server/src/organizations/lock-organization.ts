import type { EntityManager } from 'typeorm';
import { Organization } from './organization.entity';

/**
 * Makes transactions of an organization run one after another: those that may leave it without an
 * administrator, and those that change the organization itself. Must be their first statement. It writes
 * a row, because the nodes of a database cluster do not see each other's row locks, but two writes of the
 * same row conflict.
 */
export async function lockOrganization(tx: EntityManager, organizationId: number): Promise<void> {
  await tx.increment(Organization, { id: organizationId }, 'administrationVersion', 1);
}
