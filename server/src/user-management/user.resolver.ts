import { Arg, Args, ArgsType, Ctx, Directive, Field, ID, Mutation, Query, Resolver } from 'type-graphql';
import { ConnectionArgs } from '../database/connection.type';
import type { Page } from '../database/read-page';
import type { SignedInContext } from '../request/request-context';
import { createUser } from './create-user';
import { listUsers } from './list-users';
import { resetMfa } from './reset-mfa';
import { setUserEnabled } from './set-user-enabled';
import { updateUser } from './update-user';
import { UserConnection } from './user-connection.type';
import { User } from '../users/user.entity';
import {
  CreateUserInput,
  ResetMfaInput,
  SetUserEnabledInput,
  UpdateUserInput,
  UserFilter,
  UserSort,
} from './user.inputs';
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
    description: 'The first key decides; of users that are equal in it the next one. At most 5 keys.',
  })
  sort?: UserSort[] | null;
}

@Resolver(() => User)
export class UserResolver {
  @Query(() => UserConnection, { nullable: true, description: 'The users of the organization.' })
  @Directive('@auth(requires: VIEW_USERS)')
  users(@Args(() => UsersArgs) args: UsersArgs, @Ctx() context: SignedInContext): Promise<Page<UserView>> {
    return listUsers(context, args);
  }

  @Query(() => User, { nullable: true, description: 'Null when there is no such user in the organization.' })
  @Directive('@auth(requires: VIEW_USERS)')
  user(
    @Arg('id', () => ID) id: string,
    @Ctx() { database, viewer }: SignedInContext,
  ): Promise<UserView | null> {
    return findUser(database.reader, viewer, parseGlobalId('User', id));
  }

  @Mutation(() => CreateUserPayload, { nullable: true, description: 'Adds a user to the organization.' })
  @Directive('@auth(requires: ADD_USER)')
  createUser(
    @Arg('input', () => CreateUserInput) input: CreateUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView }> {
    return createUser(context, input);
  }

  @Mutation(() => UpdateUserPayload, {
    nullable: true,
    description: 'Changes the fields that are given, and only these.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  updateUser(
    @Arg('input', () => UpdateUserInput) input: UpdateUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView; endedSessions: number }> {
    return updateUser(context, input);
  }

  @Mutation(() => SetUserEnabledPayload, {
    nullable: true,
    description: 'Disabling takes effect on the very next request of that user, and ends their sessions.',
  })
  @Directive('@auth(requires: SET_USER_ENABLED)')
  setUserEnabled(
    @Arg('input', () => SetUserEnabledInput) input: SetUserEnabledInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView; endedSessions: number }> {
    return setUserEnabled(context, input);
  }

  @Mutation(() => ResetMfaPayload, {
    nullable: true,
    description: "Sets a new password and removes the user's second factor, in one step.",
  })
  @Directive('@auth(requires: RESET_MFA)')
  resetMfa(
    @Arg('input', () => ResetMfaInput) input: ResetMfaInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView; endedSessions: number }> {
    return resetMfa(context, input);
  }
}
