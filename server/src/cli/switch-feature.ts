import { ALL_FEATURES, type Feature } from '../access/features';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { OperatorError } from '../config/explain-failure';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { lockOrganization } from '../organizations/lock-organization';
import type { Organization } from '../organizations/organization.entity';
import { changeOrganization } from '../organization-management/update-organization';
import { findOrganization, operatorOf } from './operator';

export interface FeatureSwitch {
  /** The id of the organization. */
  readonly organization: string;
  readonly feature: string;
  readonly on: boolean;
}

/** @throws OperatorError for an unknown feature or organization */
export async function switchFeature(
  database: Database,
  { organization: id, feature: name, on }: FeatureSwitch,
  now: Date,
): Promise<Organization> {
  const feature = knownFeature(name);
  const { id: organizationId } = await findOrganization(database.reader, id);
  return transaction(database, async (tx) => {
    await lockOrganization(tx, organizationId);
    const organization = await findOwnOrganization(tx, { organizationId });
    const others: Feature[] = organization.features.filter((other: string) => other !== feature);
    const features = on ? [...others, feature] : others;
    return changeOrganization(tx, operatorOf(organizationId, now), { features });
  });
}

function knownFeature(name: string): Feature {
  const feature = ALL_FEATURES.find((known) => known === name);
  if (feature) return feature;
  throw new OperatorError(`${name} is no feature; the features are ${ALL_FEATURES.join(', ')}.`);
}
