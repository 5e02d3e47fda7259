import { GraphQLDateTime } from 'graphql-scalars';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext, SignedInContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';
import { lockedUntil } from '../throttle/locked-until';
import { unlockUser } from './unlock-user';

@InputType()
class UnlockUserInput {
  @Field(() => ID, { description: 'The user to unlock.' })
  id: string;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class UnlockUserPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;
}

@Resolver(() => User)
export class LockResolver {
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when too many wrong guesses keep a sign-in as this user blocked; null when none is.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  lockedUntil(@Root() user: UserView, @Ctx() context: RequestContext): Promise<Date | null> {
    return lockedUntil(context, user.id);
  }

  @Mutation(() => UnlockUserPayload, {
    nullable: true,
    description: 'Forgets every wrong guess at the account of a user.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  unlockUser(
    @Arg('input', () => UnlockUserInput) { id }: UnlockUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView }> {
    return unlockUser(context, id);
  }
}
