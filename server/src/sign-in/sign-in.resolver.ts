import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import type { SignInResult } from './finish-sign-in';
import { refreshSession } from './refresh-session';
import { RefreshSessionPayload, SignInPayload, SignOutPayload, type SessionType } from './session.type';
import { signIn } from './sign-in';
import { RefreshSessionInput, SignInInput } from './sign-in.inputs';
import { signOut } from './sign-out';

@Resolver()
export class SignInResolver {
  @Mutation(() => SignInPayload, {
    nullable: true,
    description: 'Opens a session, or gives a challenge with the steps that are left before there is one.',
  })
  @Directive('@public')
  signIn(
    @Arg('input', () => SignInInput, { description: 'What the user signs in with.' }) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return signIn(context, input);
  }

  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description:
      'Gives a new access token and the next refresh token. A refresh token works once: one that ' +
      'is used again once the next one has been used, or more than 120 seconds later, ends the session.',
  })
  @Directive('@public')
  refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The session to renew; empty in browsers.' })
    input: RefreshSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<{ session: SessionType }> {
    return refreshSession(context, input);
  }

  @Mutation(() => SignOutPayload, {
    nullable: true,
    description:
      'Ends the session of the access token and that of the cookie; does nothing when there is none.',
  })
  @Directive('@public')
  signOut(@Ctx() context: RequestContext): Promise<Record<string, never>> {
    return signOut(context);
  }
}
