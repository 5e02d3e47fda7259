import type { Area, Permission, RolesQuery } from '../api/generated/graphql';

export type CatalogueEntry = NonNullable<RolesQuery['permissions']>[number];

export interface CatalogueArea {
  readonly area: Area;
  readonly label: string;
  readonly entries: readonly CatalogueEntry[];
}

/** The catalogue area by area, in its own order. */
export function byArea(catalogue: readonly CatalogueEntry[]): CatalogueArea[] {
  const areas = new Map<Area, CatalogueEntry[]>();
  for (const entry of catalogue) areas.set(entry.area, [...(areas.get(entry.area) ?? []), entry]);
  return [...areas].map(([area, entries]) => ({ area, label: entries[0]?.areaLabel ?? area, entries }));
}

/** The areas in which these permissions allow anything, by the names that people know. */
export function areaLabels(
  catalogue: readonly CatalogueEntry[],
  permissions: readonly Permission[],
): string[] {
  const held = catalogue.filter(({ permission }) => permissions.includes(permission));
  return [...new Set(held.map(({ areaLabel }) => areaLabel))];
}
