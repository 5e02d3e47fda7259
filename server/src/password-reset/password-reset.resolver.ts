import { Arg, Ctx, Directive, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { RequestPasswordResetInput, ResetPasswordInput } from './password-reset.inputs';
import { requestPasswordReset } from './request-password-reset';
import { resetPassword } from './reset-password';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class RequestPasswordResetPayload extends MutationPayload {}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class ResetPasswordPayload extends MutationPayload {}

/** For those who cannot sign in. */
@Resolver()
export class PasswordResetResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    nullable: true,
    description:
      'Mails a link to set a new password with. Answers the same whether there is such a user or not.',
  })
  @Directive('@public')
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput) input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return requestPasswordReset(context, input);
  }

  @Mutation(() => ResetPasswordPayload, {
    nullable: true,
    description: 'Sets a new password with the token of such a link. Every session of the user ends.',
  })
  @Directive('@public')
  resetPassword(
    @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return resetPassword(context, input);
  }
}
