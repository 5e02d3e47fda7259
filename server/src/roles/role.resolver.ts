import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { listRoles } from './list-roles';
import { findRole } from './find-role';
import { Role } from './role.entity';
import { canAssign } from './role.policy';

@Resolver(() => Role)
export class RoleResolver {
  @Query(() => [Role], { nullable: true, description: 'All roles of the organization, by name.' })
  @Directive('@auth(requires: VIEW_USERS)')
  roles(@Ctx() { database, viewer }: SignedInContext): Promise<Role[]> {
    return listRoles(database.reader, viewer);
  }

  @Query(() => Role, {
    nullable: true,
    description: 'One role; null when there is no such role in the organization.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  role(
    @Arg('id', () => ID, { description: 'The id of the role.' }) id: string,
    @Ctx() { database, viewer }: SignedInContext,
  ): Promise<Role | null> {
    return findRole(database.reader, viewer, id);
  }

  @Directive('@signedIn')
  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer has every permission of this role, and so may give it to users.',
  })
  viewerCanAssign(@Root() role: Role, @Ctx() { viewer }: SignedInContext): boolean {
    return canAssign(viewer, role);
  }
}
