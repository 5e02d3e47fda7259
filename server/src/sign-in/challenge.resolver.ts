import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { answerSignInChallenge } from './answer-challenge';
import { AnswerSignInChallengeInput, ConfirmMfaSetUpInput, StartMfaSetUpInput } from './challenge.inputs';
import type { SignInResult } from './finish-sign-in';
import { confirmMfaSetUp, startMfaSetUp, type MfaSetup } from './mfa-setup';
import { SignInPayload } from './session.type';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class StartMfaSetUpPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: 'Base32, for typing it into an app.' })
  readonly secret?: string;

  @Field(() => String, { nullable: true })
  readonly otpauthUri?: string;

  @Field(() => String, { nullable: true, description: 'The otpauthUri as a picture.' })
  readonly qrCodeSvg?: string;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class ConfirmMfaSetUpPayload extends MutationPayload {
  @Field(() => [String], {
    nullable: true,
    description: 'Each works once in place of a code. Never shown again.',
  })
  readonly recoveryCodes?: string[];

  @Field(() => SignInPayload, {
    nullable: true,
    description: 'How signing in goes on, with a challengeToken.',
  })
  readonly signIn?: SignInPayload;
}

/** The steps between password and session. They are public, because their inputs hold the challenge token. */
@Resolver()
export class ChallengeResolver {
  @Mutation(() => SignInPayload, {
    nullable: true,
    description: 'Answers the first step: the next challenge, or the session.',
  })
  @Directive('@public')
  answerSignInChallenge(
    @Arg('input', () => AnswerSignInChallengeInput) input: AnswerSignInChallengeInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return answerSignInChallenge(context, input);
  }

  @Mutation(() => StartMfaSetUpPayload, {
    nullable: true,
    description: 'A new secret; it counts once confirmMfaSetUp took a code of it.',
  })
  @Directive('@public')
  startMfaSetUp(
    @Arg('input', () => StartMfaSetUpInput) input: StartMfaSetUpInput,
    @Ctx() context: RequestContext,
  ): Promise<MfaSetup> {
    return startMfaSetUp(context, input);
  }

  @Mutation(() => ConfirmMfaSetUpPayload, { nullable: true })
  @Directive('@public')
  async confirmMfaSetUp(
    @Arg('input', () => ConfirmMfaSetUpInput) input: ConfirmMfaSetUpInput,
    @Ctx() context: RequestContext,
  ): Promise<{ recoveryCodes: string[]; signIn: object | null }> {
    const { recoveryCodes, signIn } = await confirmMfaSetUp(context, input);
    return { recoveryCodes, signIn: signIn && { ...signIn, userErrors: [] } };
  }
}
