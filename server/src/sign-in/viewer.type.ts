import { Ctx, Directive, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { ALL_PERMISSIONS, Permission } from '../access/permissions';
import type { RequestContext } from '../access/request-context';
import type { Viewer } from '../access/viewer';
import { Organization } from '../organizations/organization.entity';
import { User } from '../users/user.entity';
import { findUser, type UserView } from '../users/user-row';

@ObjectType('Viewer', { description: 'Who is asking.' })
export class ViewerType {
  @Field(() => [Permission], { description: "What the viewer's role allows, in the catalogue's order." })
  permissions: Permission[];
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Null when not signed in.' })
  @Directive('@public')
  viewer(@Ctx() { viewer }: RequestContext): Viewer | null {
    return viewer;
  }

  @FieldResolver(() => [Permission])
  permissions(@Root() { permissions }: Viewer): Permission[] {
    return ALL_PERMISSIONS.filter((permission) => permissions.has(permission));
  }

  @FieldResolver(() => User)
  user(@Root() viewer: Viewer, @Ctx() { database }: RequestContext): Promise<UserView | null> {
    return findUser(database.reader, viewer, viewer.userId);
  }

  @FieldResolver(() => Organization)
  organization(@Root() viewer: Viewer, @Ctx() { database }: RequestContext): Promise<Organization> {
    return database.reader.findOneByOrFail(Organization, { id: viewer.organizationId });
  }
}
