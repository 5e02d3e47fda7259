import { Arg, Ctx, Directive, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { RequestPasswordResetInput, ResetPasswordInput } from './password-reset.inputs';
import { requestPasswordReset } from './request-password-reset';
import { resetPassword } from './reset-password';

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of requestPasswordReset; the same whether there is such a user or not.',
})
class RequestPasswordResetPayload extends MutationPayload {}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of resetPassword.',
})
class ResetPasswordPayload extends MutationPayload {}

/** For those who cannot sign in. */
@Resolver()
export class PasswordResetResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    nullable: true,
    description:
      'Mails a user a link to set a new password with. It works once, for 60 minutes; a user gets ' +
      'at most 3 in an hour. Answers the same whether there is such a user or not.',
  })
  @Directive('@public')
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Who is to get the mail.' })
    input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return requestPasswordReset(context, input);
  }

  @Mutation(() => ResetPasswordPayload, {
    nullable: true,
    description:
      'Sets a new password with the token of a mailed link. Every session of the user ends; ' +
      'two-factor authentication stays on.',
  })
  @Directive('@public')
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The token and the new password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return resetPassword(context, input);
  }
}
