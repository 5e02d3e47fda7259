import { registerEnumType } from 'type-graphql';

/** Optional parts of the product, by GraphQL name; each can be turned on for an organization. */
const FEATURE_CATALOGUE = {
  TRAVEL_RULE: { key: 'travel_rule', description: 'The Travel Rule area, for those whose role allows it.' },
} as const;

type FeatureName = keyof typeof FEATURE_CATALOGUE;

/** A feature as the database stores it, for example `travel_rule`. */
export type Feature = (typeof FEATURE_CATALOGUE)[FeatureName]['key'];

const NAMES = Object.keys(FEATURE_CATALOGUE) as FeatureName[];

/** GraphQL name to stored key: TRAVEL_RULE to travel_rule. */
export const Feature = Object.fromEntries(NAMES.map((name) => [name, FEATURE_CATALOGUE[name].key])) as Record<
  FeatureName,
  Feature
>;

export const ALL_FEATURES: readonly Feature[] = NAMES.map((name) => FEATURE_CATALOGUE[name].key);

/** Without repetitions, in the order of the catalogue. */
export function knownFeatures(features: Iterable<string>): Feature[] {
  const given = new Set(features);
  return ALL_FEATURES.filter((feature) => given.has(feature));
}

registerEnumType(Feature, {
  name: 'Feature',
  description: 'An optional part of the product.',
  valuesConfig: Object.fromEntries(
    NAMES.map((name) => [name, { description: FEATURE_CATALOGUE[name].description }]),
  ),
});
