import { ALL_FEATURES, type Feature } from '../access/features';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { OperatorError } from '../explain-failure';
import type { Organization } from '../organizations/organization.entity';
import { changeOrganization } from '../organizations/update-organization';
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
  return transaction(database, async (tx) => {
    const organization = await findOrganization(tx, id);
    const others: Feature[] = organization.features.filter((other: string) => other !== feature);
    const features = on ? [...others, feature] : others;
    return changeOrganization(tx, operatorOf(organization.id, now), { features });
  });
}

function knownFeature(name: string): Feature {
  const feature = ALL_FEATURES.find((known) => known === name);
  if (feature) return feature;
  throw new OperatorError(`${name} is no feature; the features are ${ALL_FEATURES.join(', ')}.`);
}
