import { Arg, Args, ArgsType, Ctx, Directive, Field, ID, Mutation, Query, Resolver } from 'type-graphql';
import { ConnectionArgs } from '../database/connection.type';
import type { Page } from '../database/read-page';
import type { SignedInContext } from '../request/request-context';
import { repeatable } from '../idempotency/repeatable';
import { createUser } from './create-user';
import { findUserBy } from './find-user-by';
import { listUsers } from './list-users';
import { resetMfa } from './reset-mfa';
import { setUserEnabled } from './set-user-enabled';
import { updateUser } from './update-user';
import { UserConnection } from './user-connection.type';
import { USER_ANSWER } from '../users/repeated-answer';
import { User } from '../users/user.entity';
import {
  CreateUserInput,
  ResetMfaInput,
  SetUserEnabledInput,
  UpdateUserInput,
  UserSort,
} from './user.inputs';
import { FindUserInput, UserFilter } from './user-filter.inputs';
import {
  CreateUserPayload,
  ResetMfaPayload,
  SetUserEnabledPayload,
  UpdateUserPayload,
} from './user.payloads';
import { type UserView } from '../users/user-view';
import { findUser } from '../users/find-user';
import { parseGlobalId } from '../global-id/global-id';

@ArgsType()
class UsersArgs extends ConnectionArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Any part of first name, last name, full name or username; case and accents do not count.',
  })
  search?: string | null;

  @Field(() => UserFilter, { nullable: true, description: 'Which users to list; all without it.' })
  filter?: UserFilter | null;

  @Field(() => [UserSort], {
    nullable: true,
    defaultValue: [{ field: 'ID', direction: 'ASC' }],
    description:
      'The first key decides; of users that are equal in it the next one, last the id. At most 5 keys.',
  })
  sort?: UserSort[] | null;
}

@Resolver(() => User)
export class UserResolver {
  @Query(() => UserConnection, {
    nullable: true,
    description: 'The users of the organization, disabled ones included.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  users(@Args(() => UsersArgs) args: UsersArgs, @Ctx() context: SignedInContext): Promise<Page<UserView>> {
    return listUsers(context, args);
  }

  @Query(() => User, {
    nullable: true,
    description: 'One user; null when there is no such user in the organization.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  user(
    @Arg('id', () => ID, { description: 'The id of the user.' }) id: string,
    @Ctx() { database, viewer }: SignedInContext,
  ): Promise<UserView | null> {
    return findUser(database.reader, viewer, parseGlobalId('User', id));
  }

  @Query(() => User, {
    nullable: true,
    description:
      'One user by what is known of them; null when there is no such user in the organization, like one of another.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  findUser(
    @Arg('by', () => FindUserInput, { description: 'What the user is found by.' }) by: FindUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<UserView | null> {
    return findUserBy(context, by);
  }

  @Mutation(() => CreateUserPayload, {
    nullable: true,
    description: 'Adds a user to the organization, and mails them an invitation.',
  })
  @Directive('@auth(requires: ADD_USER)')
  createUser(
    @Arg('input', () => CreateUserInput, { description: 'The user to add.' }) input: CreateUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView | null }> {
    return repeatable(context, { mutation: 'createUser', input }, USER_ANSWER, (once) =>
      createUser(once, input),
    );
  }

  @Mutation(() => UpdateUserPayload, {
    nullable: true,
    description:
      'Changes the fields of a user that are given, and only these. A new password ends their sessions.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  updateUser(
    @Arg('input', () => UpdateUserInput, { description: 'The user, and the fields to change.' })
    input: UpdateUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView | null; endedSessions?: number }> {
    return repeatable(context, { mutation: 'updateUser', input }, USER_ANSWER, (once) =>
      updateUser(once, input),
    );
  }

  @Mutation(() => SetUserEnabledPayload, {
    nullable: true,
    description:
      'Enables or disables a user. Disabling holds from their next request, and ends their sessions.',
  })
  @Directive('@auth(requires: SET_USER_ENABLED)')
  setUserEnabled(
    @Arg('input', () => SetUserEnabledInput, { description: 'The user, and whether they are to be enabled.' })
    input: SetUserEnabledInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView; endedSessions: number }> {
    return setUserEnabled(context, input);
  }

  @Mutation(() => ResetMfaPayload, {
    nullable: true,
    description:
      'Turns off the two-factor authentication of a user and sets a new password, in one step. ' +
      'Ends their sessions.',
  })
  @Directive('@auth(requires: RESET_MFA)')
  resetMfa(
    @Arg('input', () => ResetMfaInput, { description: 'The user, and their new password.' })
    input: ResetMfaInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView | null; endedSessions?: number }> {
    return repeatable(context, { mutation: 'resetMfa', input }, USER_ANSWER, (once) => resetMfa(once, input));
  }
}
