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

@InputType({ description: 'Names the user to unlock.' })
class UnlockUserInput {
  @Field(() => ID, { description: 'The id of the user.' })
  id: string;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of unlockUser.' })
class UnlockUserPayload extends MutationPayload {
  @Field(() => User, {
    nullable: true,
    description: 'The unlocked user; null when the mutation was refused.',
  })
  readonly user?: User;
}

@Resolver(() => User)
export class LockResolver {
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Until when too many failed attempts block sign-ins as this user; null when they are not blocked.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  lockedUntil(@Root() user: UserView, @Ctx() context: RequestContext): Promise<Date | null> {
    return lockedUntil(context, user.id);
  }

  @Mutation(() => UnlockUserPayload, {
    nullable: true,
    description: 'Clears the failed attempts at the account of a user, so that they may sign in at once.',
  })
  @Directive('@auth(requires: EDIT_USER)')
  unlockUser(
    @Arg('input', () => UnlockUserInput, { description: 'The user to unlock.' }) { id }: UnlockUserInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView }> {
    return unlockUser(context, id);
  }
}
