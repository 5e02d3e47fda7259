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
import { MutationPayload, UserErrorCode } from '../errors';
import { IDEMPOTENCY_KEY, repeatable } from '../idempotency/repeatable';
import { findInvitation } from './find-invitation';
import { Invitation } from './invitation.type';
import { resendInvitation } from './resend-invitation';
import { USER_ANSWER } from '../users/repeated-answer';
import { User } from '../users/user.entity';
import { denialsToResendInvitation } from '../users/user.policy';
import type { UserView } from '../users/user-view';

@InputType({ description: 'Names the user to invite once more.' })
class ResendInvitationInput {
  @Field(() => ID, { description: 'The id of a user who has not signed in yet.' })
  id: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of resendInvitation.',
})
class ResendInvitationPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: 'The invited user; null when the mutation was refused.' })
  readonly user?: User;
}

@Resolver(() => User)
export class InvitationResolver {
  @FieldResolver(() => Invitation, {
    nullable: true,
    description: 'The latest invitation mail to this user; null when they were never invited.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  invitation(@Root() user: UserView, @Ctx() context: RequestContext): Promise<Invitation | null> {
    return findInvitation(context, user);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may invite this user once more with resendInvitation.',
  })
  @Directive('@signedIn')
  viewerCanResendInvitation(@Root() user: UserView, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToResendInvitation(viewer, user).length === 0;
  }

  @FieldResolver(() => [UserErrorCode], {
    description: 'Why resendInvitation would be refused; empty when viewerCanResendInvitation is true.',
  })
  @Directive('@signedIn')
  viewerCannotResendInvitationReasons(
    @Root() user: UserView,
    @Ctx() { viewer }: SignedInContext,
  ): UserErrorCode[] {
    return denialsToResendInvitation(viewer, user);
  }

  @Mutation(() => ResendInvitationPayload, {
    nullable: true,
    description: 'Mails the invitation once more to a user who has not signed in yet.',
  })
  @Directive('@auth(requires: ADD_USER)')
  resendInvitation(
    @Arg('input', () => ResendInvitationInput, { description: 'The user to invite once more.' })
    input: ResendInvitationInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView | null }> {
    const call = { mutation: 'resendInvitation', input };
    return repeatable(context, call, USER_ANSWER, (once) => resendInvitation(once, input.id));
  }
}
