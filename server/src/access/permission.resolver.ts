import { Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import {
  ALL_PERMISSIONS,
  Area,
  AREA_CATALOGUE,
  Permission,
  PERMISSION_CATALOGUE,
  permissionName,
  permissionsNeededBy,
} from './permissions';

@ObjectType('PermissionInfo', { simpleResolvers: true, description: 'An entry of the permission catalogue.' })
export class PermissionInfoType {
  @Field(() => Permission, { description: 'The permission, as roles and inputs name it.' })
  permission: Permission;

  @Field(() => String, { description: 'As exports and the audit log write it, for example add_user.' })
  key: string;

  @Field(() => Area, { description: 'The area that the permission belongs to.' })
  area: Area;

  @Field(() => String, { description: 'The name of the area for people, for example "User Admin".' })
  areaLabel: string;

  @Field(() => String, { description: 'A short name for people, for example "Add users".' })
  label: string;

  @Field(() => String, {
    description: 'What it allows, for people, and which application uses it if none here does.',
  })
  description: string;

  @Field(() => [Permission], {
    description:
      'The permissions that a role with this one must have too; others are refused with PERMISSION_NEEDS_OTHERS.',
  })
  requires: readonly Permission[];
}

@Resolver()
export class PermissionResolver {
  @Query(() => [PermissionInfoType], {
    nullable: true,
    description: 'Every permission that a role can hold, area by area.',
  })
  @Directive('@signedIn')
  permissions(): PermissionInfoType[] {
    return ALL_PERMISSIONS.map((permission) => {
      const { key, area, label, description } = PERMISSION_CATALOGUE[permissionName(permission)];
      const areaLabel = AREA_CATALOGUE[area].label;
      return {
        permission,
        key,
        area,
        areaLabel,
        label,
        description,
        requires: permissionsNeededBy(permission),
      };
    });
  }
}
