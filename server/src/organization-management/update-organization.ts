import { knownFeatures } from '../access/features';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { type AuditTarget, recordAudit, type AuditContext } from '../audit/record-audit';
import { changesOf, type AuditedField } from '../audit/changes-of';
import type { EntityManager } from 'typeorm';
import { normalizeName } from '../validation/normalize';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { findOwnOrganization } from '../organizations/find-own-organization';
import type { UpdateOrganizationInput } from './organization.inputs';
import { Organization } from '../organizations/organization.entity';

/** @throws UserErrors with every problem of the input at once */
export async function updateOrganization(
  context: SignedInContext,
  input: UpdateOrganizationInput,
): Promise<{ organization: Organization }> {
  throwIfAny(await inputErrors(input));
  const change = async (tx: EntityManager, context: SignedInContext) => ({
    organization: await changeOrganization(tx, context, input),
  });
  return viewerTransaction(context, change, { changesAccess: true });
}

/** Writes the given fields that differ, with an audit event. The organization must be locked. */
export async function changeOrganization(
  tx: EntityManager,
  context: AuditContext,
  {
    name,
    features,
    mfaRequired,
    phoneCountry,
  }: Pick<UpdateOrganizationInput, 'name' | 'features' | 'mfaRequired' | 'phoneCountry'>,
): Promise<Organization> {
  const organization = await findOwnOrganization(tx, context.viewer);
  const columns = {
    name: name === undefined ? organization.name : normalizeName(name),
    features: features ? knownFeatures(features) : organization.features,
    mfaRequired: mfaRequired ?? organization.mfaRequired,
    phoneCountry: phoneCountry === undefined ? organization.phoneCountry : phoneCountry,
    updatedAt: context.now,
  };
  const updated = Object.assign(new Organization(), organization, columns);
  const changes = changesOf(AUDITED_FIELDS, organization, updated);
  if (changes.length === 0) return organization;
  await tx.update(Organization, { id: organization.id }, columns);
  await recordAudit(tx, context, 'organization.updated', organizationTarget(updated), changes);
  return updated;
}

export function organizationTarget({ id, name }: Organization): AuditTarget {
  return { type: 'organization', id, name, version: null };
}

const AUDITED_FIELDS: readonly AuditedField<Organization>[] = [
  ['name', (organization) => organization.name],
  ['features', (organization) => organization.features],
  ['mfaRequired', (organization) => organization.mfaRequired],
  ['phoneCountry', (organization) => organization.phoneCountry],
];
