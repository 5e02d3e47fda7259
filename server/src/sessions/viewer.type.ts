import { Ctx, Directive, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AreaAccess, areasOf } from '../access/area-access';
import { inCatalogueOrder, Permission } from '../access/permissions';
import type { RequestContext } from '../request/request-context';
import type { Viewer } from '../access/viewer';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { Organization } from '../organizations/organization.entity';
import { User } from '../users/user.entity';
import { type UserView } from '../users/user-view';
import { findUser } from '../users/find-user';

@ObjectType('Viewer', { description: 'The signed-in user who asks, and what they may do.' })
export class ViewerType {
  @Field(() => [Permission], { description: "What the viewer's role allows, in the order of the catalogue." })
  permissions: Permission[];
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Who is signed in; null when no one is.' })
  @Directive('@public')
  viewer(@Ctx() { viewer }: RequestContext): Viewer | null {
    return viewer;
  }

  @FieldResolver(() => [Permission])
  permissions(@Root() { permissions }: Viewer): Permission[] {
    return inCatalogueOrder(permissions);
  }

  @FieldResolver(() => [AreaAccess], { description: 'The areas that are open to the viewer.' })
  async areas(@Root() viewer: Viewer, @Ctx() { database, areaUrls }: RequestContext): Promise<AreaAccess[]> {
    const { features } = await findOwnOrganization(database.reader, viewer);
    return areasOf(viewer.permissions, features, areaUrls);
  }

  @FieldResolver(() => User, { description: 'The viewer as a user of their organization.' })
  user(@Root() viewer: Viewer, @Ctx() { database }: RequestContext): Promise<UserView | null> {
    return findUser(database.reader, viewer, viewer.userId);
  }

  @FieldResolver(() => Organization, { description: 'The organization that the viewer belongs to.' })
  organization(@Root() viewer: Viewer, @Ctx() { database }: RequestContext): Promise<Organization> {
    return findOwnOrganization(database.reader, viewer);
  }
}
