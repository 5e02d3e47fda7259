import { Field, ObjectType } from 'type-graphql';
import type { Feature } from './features';
import {
  ALL_AREAS,
  Area,
  AREA_CATALOGUE,
  inCatalogueOrder,
  Permission,
  PERMISSION_CATALOGUE,
  permissionName,
} from './permissions';

/** Where the pages of each area are; an area that is not named has none in this deployment. */
export type AreaUrls = Readonly<Partial<Record<Area, string>>>;

@ObjectType({ simpleResolvers: true, description: 'An area of the product that is open to the viewer.' })
export class AreaAccess {
  @Field(() => Area, { description: 'Which area it is.' })
  area: Area;

  @Field(() => String, { description: 'For people, for example "Calls (Video KYC)".' })
  label: string;

  @Field(() => [Permission], {
    description: "The viewer's permissions in this area, in the order of the catalogue; never empty.",
  })
  permissions: Permission[];

  @Field(() => String, { nullable: true, description: "Where the area's page is; null when there is none." })
  url: string | null;
}

/**
 * The areas that are open to someone with these permissions. Travel Rule also needs the feature of the
 * organization, and User Admin needs view_users, without which none of its pages opens.
 */
export function areasOf(
  permissions: Iterable<Permission>,
  features: readonly Feature[],
  urls: AreaUrls,
): AreaAccess[] {
  const held = inCatalogueOrder(permissions);
  const isThere: Partial<Record<Area, boolean>> = {
    USER_ADMIN: held.includes('view_users'),
    TRAVEL_RULE: features.includes('travel_rule'),
  };
  return ALL_AREAS.filter((area) => isThere[area] ?? true)
    .map((area) => ({
      area,
      label: AREA_CATALOGUE[area].label,
      permissions: held.filter((permission) => areaOf(permission) === area),
      url: urls[area] ?? null,
    }))
    .filter((access) => access.permissions.length > 0);
}

function areaOf(permission: Permission): Area {
  return PERMISSION_CATALOGUE[permissionName(permission)].area;
}
