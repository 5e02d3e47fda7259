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
    description: 'Opens a session, or tells the steps that are left.',
  })
  @Directive('@public')
  signIn(
    @Arg('input', () => SignInInput) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return signIn(context, input);
  }

  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description: 'A new access token and the next refresh token.',
  })
  @Directive('@public')
  refreshSession(
    @Arg('input', () => RefreshSessionInput) input: RefreshSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<{ session: SessionType }> {
    return refreshSession(context, input);
  }

  @Mutation(() => SignOutPayload, {
    nullable: true,
    description: 'Ends this session; without one it changes nothing.',
  })
  @Directive('@public')
  signOut(@Ctx() context: RequestContext): Promise<Record<string, never>> {
    return signOut(context);
  }
}
