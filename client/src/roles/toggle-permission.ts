import type { Permission } from '../api/generated/graphql';
import type { CatalogueEntry } from './catalogue';

type Catalogue = readonly Pick<CatalogueEntry, 'permission' | 'requires'>[];

/** Adds a permission with all that it needs, or takes it away with all that needs it. */
export function togglePermission(
  catalogue: Catalogue,
  held: readonly Permission[],
  permission: Permission,
): Permission[] {
  if (held.includes(permission)) {
    const gone = reachable(permission, (one) => dependentsOf(catalogue, one));
    return held.filter((one) => !gone.has(one));
  }
  return [...new Set([...held, ...reachable(permission, (one) => needsOf(catalogue, one))])];
}

function needsOf(catalogue: Catalogue, permission: Permission): readonly Permission[] {
  return catalogue.find((entry) => entry.permission === permission)?.requires ?? [];
}

function dependentsOf(catalogue: Catalogue, permission: Permission): readonly Permission[] {
  return catalogue.filter(({ requires }) => requires.includes(permission)).map((entry) => entry.permission);
}

/** The permission, its neighbours, theirs, and so on. */
function reachable(
  permission: Permission,
  neighboursOf: (one: Permission) => readonly Permission[],
): ReadonlySet<Permission> {
  const found = new Set([permission]);
  // The loop also comes to what is added to the set while it runs.
  for (const one of found) neighboursOf(one).forEach((neighbour) => found.add(neighbour));
  return found;
}
