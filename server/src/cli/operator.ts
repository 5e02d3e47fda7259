import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { AuditContext } from '../audit/record-audit';
import { parseGlobalId } from '../global-id/global-id';
import { OperatorError } from '../config/explain-failure';
import { Organization } from '../organizations/organization.entity';

/** The audit context of the command line, where an operator acts who is not a user. */
export function operatorOf(organizationId: number, now: Date): AuditContext {
  return {
    viewer: { userId: null, username: 'command line', organizationId },
    origin: { address: '', userAgent: 'rolecall', requestId: randomUUID() },
    now,
  };
}

/** @throws OperatorError */
export async function findOrganization(reader: EntityManager, id: string): Promise<Organization> {
  const number = parseGlobalId('Organization', id);
  const organization = number === null ? null : await reader.findOneBy(Organization, { id: number });
  if (organization) return organization;
  throw new OperatorError(`There is no organization ${id}; see list-organizations.`);
}
