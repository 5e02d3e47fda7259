import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { UserErrorCode } from '../errors';
import { User } from '../users/user.entity';
import {
  denialsToAssignRole,
  denialsToEdit,
  denialsToResetMfa,
  denialsToSetEnabled,
} from '../users/user.policy';
import type { UserView } from '../users/user-view';

/** The results of the policies, so that clients need not repeat the rules. */
@Resolver(() => User)
export class UserAccessResolver {
  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanEdit(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToEdit(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotEditReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToEdit(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanAssignRole(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToAssignRole(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotAssignRoleReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToAssignRole(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanSetEnabled(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToSetEnabled(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotSetEnabledReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToSetEnabled(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanResetMfa(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToResetMfa(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotResetMfaReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToResetMfa(viewer, user);
  }
}
