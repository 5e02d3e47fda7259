import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { EndSessionsPayload } from '../sessions/end-sessions.payload';
import { endUserSessions } from './end-user-sessions';

@InputType()
class EndUserSessionsInput {
  @Field(() => ID)
  id: string;
}

@Resolver()
export class UserSessionsResolver {
  @Mutation(() => EndSessionsPayload, { nullable: true, description: 'Signs a user out everywhere.' })
  @Directive('@auth(requires: EDIT_USER)')
  endUserSessions(
    @Arg('input', () => EndUserSessionsInput) { id }: EndUserSessionsInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ endedSessions: number }> {
    return endUserSessions(context, id);
  }
}
