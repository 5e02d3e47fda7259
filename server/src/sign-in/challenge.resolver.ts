import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { RECOVERY_CODES } from '../mfa/recovery-codes';
import { answerSignInChallenge } from './answer-challenge';
import { AnswerSignInChallengeInput, ConfirmMfaSetUpInput, StartMfaSetUpInput } from './challenge.inputs';
import type { SignInResult } from './finish-sign-in';
import { confirmMfaSetUp, startMfaSetUp, type MfaSetup } from './mfa-setup';
import { SignInPayload } from './session.type';

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of startMfaSetUp; its values are null when the mutation was refused.',
})
class StartMfaSetUpPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The secret in Base32, for typing it into an authenticator app.',
  })
  readonly secret?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The secret as an otpauth:// address, which opens authenticator apps on the same device.',
  })
  readonly otpauthUri?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The otpauthUri as a QR code: the markup of an SVG image, to be scanned with an ' +
      'authenticator app.',
  })
  readonly qrCodeSvg?: string;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of confirmMfaSetUp.',
})
class ConfirmMfaSetUpPayload extends MutationPayload {
  @Field(() => [String], {
    nullable: true,
    description: RECOVERY_CODES,
  })
  readonly recoveryCodes?: string[];

  @Field(() => SignInPayload, {
    nullable: true,
    description:
      'How the sign-in of the challengeToken goes on: a session or the next challenge. Null ' +
      'without a challengeToken, and when the mutation was refused.',
  })
  readonly signIn?: SignInPayload;
}

/** The steps between password and session. They are public, because their inputs hold the challenge token. */
@Resolver()
export class ChallengeResolver {
  @Mutation(() => SignInPayload, {
    nullable: true,
    description:
      'Answers the first step of a challenge. Gives a session, or a challenge with the steps that ' +
      'are still left.',
  })
  @Directive('@public')
  answerSignInChallenge(
    @Arg('input', () => AnswerSignInChallengeInput, {
      description: 'The token of the challenge, and the answer.',
    })
    input: AnswerSignInChallengeInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return answerSignInChallenge(context, input);
  }

  @Mutation(() => StartMfaSetUpPayload, {
    nullable: true,
    description:
      'Makes a secret for an authenticator app, in place of an earlier unconfirmed one. It takes ' +
      'effect once confirmMfaSetUp gets a code of it.',
  })
  @Directive('@public')
  startMfaSetUp(
    @Arg('input', () => StartMfaSetUpInput, { description: 'Who sets up two-factor authentication.' })
    input: StartMfaSetUpInput,
    @Ctx() context: RequestContext,
  ): Promise<MfaSetup> {
    return startMfaSetUp(context, input);
  }

  @Mutation(() => ConfirmMfaSetUpPayload, {
    nullable: true,
    description:
      'Turns on two-factor authentication with a code of the new secret, and ends the other ' +
      'sessions of the user.',
  })
  @Directive('@public')
  async confirmMfaSetUp(
    @Arg('input', () => ConfirmMfaSetUpInput, { description: 'A code of the new secret.' })
    input: ConfirmMfaSetUpInput,
    @Ctx() context: RequestContext,
  ): Promise<{ recoveryCodes: string[]; signIn: object | null }> {
    const { recoveryCodes, signIn } = await confirmMfaSetUp(context, input);
    return { recoveryCodes, signIn: signIn && { ...signIn, userErrors: [] } };
  }
}
