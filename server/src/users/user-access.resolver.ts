import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { SignedInContext } from '../access/request-context';
import { UserErrorCode } from '../errors';
import { User } from './user.entity';
import {
  reasonsNotToAssignRole,
  reasonsNotToEdit,
  reasonsNotToResetMfa,
  reasonsNotToSetEnabled,
} from './user.policy';
import type { UserView } from './user-row';

/** The answers of the policies, so that no client repeats a rule. */
@Resolver(() => User)
export class UserAccessResolver {
  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanEdit(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return reasonsNotToEdit(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotEditReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return reasonsNotToEdit(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanAssignRole(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return reasonsNotToAssignRole(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotAssignRoleReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return reasonsNotToAssignRole(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanSetEnabled(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return reasonsNotToSetEnabled(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotSetEnabledReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return reasonsNotToSetEnabled(viewer, user);
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanResetMfa(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return reasonsNotToResetMfa(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotResetMfaReasons(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return reasonsNotToResetMfa(viewer, user);
  }
}
