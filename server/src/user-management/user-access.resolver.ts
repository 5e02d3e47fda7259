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
  @FieldResolver(() => Boolean, {
    description:
      'Whether the viewer may change this user with updateUser, and use unlockUser and ' +
      'endUserSessions on them.',
  })
  @Directive('@signedIn')
  viewerCanEdit(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToEdit(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode], {
    description: 'Why the viewer may not change this user; empty when viewerCanEdit is true.',
  })
  @Directive('@signedIn')
  viewerCannotEditReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToEdit(viewer, user);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may give this user another role. Which ones: see Role.viewerCanAssign.',
  })
  @Directive('@signedIn')
  viewerCanAssignRole(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToAssignRole(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode], {
    description:
      'Why the viewer may not give this user another role; empty when viewerCanAssignRole is true.',
  })
  @Directive('@signedIn')
  viewerCannotAssignRoleReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToAssignRole(viewer, user);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may enable and disable this user with setUserEnabled.',
  })
  @Directive('@signedIn')
  viewerCanSetEnabled(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToSetEnabled(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode], {
    description:
      'Why the viewer may not enable or disable this user; empty when viewerCanSetEnabled is true.',
  })
  @Directive('@signedIn')
  viewerCannotSetEnabledReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToSetEnabled(viewer, user);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may turn off this user's two-factor authentication with resetMfa.",
  })
  @Directive('@signedIn')
  viewerCanResetMfa(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToResetMfa(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode], {
    description: 'Why the viewer may not use resetMfa on this user; empty when viewerCanResetMfa is true.',
  })
  @Directive('@signedIn')
  viewerCannotResetMfaReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToResetMfa(viewer, user);
  }
}
