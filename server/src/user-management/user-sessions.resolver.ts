import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { EndSessionsPayload } from '../sessions/end-sessions.payload';
import { endUserSessions } from './end-user-sessions';

@InputType({ description: 'Names the user to sign out.' })
class EndUserSessionsInput {
  @Field(() => ID, { description: 'The id of the user.' })
  id: string;
}

@Resolver()
export class UserSessionsResolver {
  @Mutation(() => EndSessionsPayload, { nullable: true, description: 'Ends every session of a user.' })
  @Directive('@auth(requires: EDIT_USER)')
  endUserSessions(
    @Arg('input', () => EndUserSessionsInput, { description: 'The user to sign out.' })
    { id }: EndUserSessionsInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ endedSessions: number }> {
    return endUserSessions(context, id);
  }
}
