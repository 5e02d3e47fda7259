import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, InputType } from 'type-graphql';
import { InvitationState } from '../invitations/invitation.type';

@InputType({ description: 'A span of time. Without one of its ends it goes on for ever there.' })
export class TimeRange {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'This time or later (inclusive).' })
  from?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Before this time (exclusive); not earlier than from.',
  })
  to?: Date | null;
}

@InputType({
  description:
    'Which users to list: those that meet every condition that is given. Null is the same as no condition; an empty ' +
    'list matches nobody.',
})
export class UserFilter {
  @Field(() => [ID], { nullable: true, description: 'Users with one of these ids: at most 100.' })
  ids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Users with one of these usernames, in whatever spelling signs them in: at most 100.',
  })
  usernames?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Users with one of these external ids: at most 100.',
  })
  externalIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Users with one of these roles: at most 100 ids.',
  })
  roleIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: enabled users only; false: disabled users only.',
  })
  enabled?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: users who have set up two-factor authentication; false: users who have not.',
  })
  mfaEnabled?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: users who must use two-factor authentication, by whatever mfaRequiredBy names; false: others.',
  })
  mfaRequired?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: users whose next sign-in must set a new password; false: others.',
  })
  forcePasswordReset?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: users whose sign-in is blocked now, see User.lockedUntil; false: others. Like that field it requires ' +
      'EDIT_USER.',
  })
  locked?: boolean | null;

  @Field(() => [InvitationState], {
    nullable: true,
    description: 'Users whose latest invitation is in one of these states; users without one match none.',
  })
  invitationStates?: InvitationState[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: users who have never signed in; false: users who have.',
  })
  neverSignedIn?: boolean | null;

  @Field(() => TimeRange, { nullable: true, description: 'Users who were added in this span of time.' })
  createdAt?: TimeRange | null;

  @Field(() => TimeRange, {
    nullable: true,
    description: 'Users who were last changed in this span of time.',
  })
  updatedAt?: TimeRange | null;

  @Field(() => TimeRange, {
    nullable: true,
    description:
      'Users who last signed in within this span of time; with either end, not those who never have.',
  })
  lastSignInAt?: TimeRange | null;
}

@Directive('@oneOf')
@InputType({ description: 'What a user is found by: exactly one of these fields.' })
export class FindUserInput {
  @Field(() => ID, { nullable: true, description: 'The id of the user.' })
  id?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The username, in whatever spelling signs the user in.',
  })
  username?: string;

  @Field(() => String, { nullable: true, description: 'The external id.' })
  externalId?: string;
}
