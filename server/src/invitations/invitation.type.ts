import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export const InvitationState = {
  QUEUED: 'QUEUED',
  SENT: 'SENT',
  FAILED: 'FAILED',
  ACCEPTED: 'ACCEPTED',
} as const;
export type InvitationState = keyof typeof InvitationState;
registerEnumType(InvitationState, {
  name: 'InvitationState',
  valuesConfig: {
    QUEUED: { description: 'On its way; when the mail server cannot take it, it is tried again.' },
    SENT: { description: 'The mail server has taken it.' },
    FAILED: { description: 'It will not go out; see reason.' },
    ACCEPTED: { description: 'The user has signed in.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'The latest invitation mail to a user.' })
export class Invitation {
  @Field(() => InvitationState)
  state: InvitationState;

  @Field(() => String, { nullable: true, description: 'Why it FAILED, in one sentence.' })
  reason: string | null;

  @Field(() => GraphQLDateTime)
  queuedAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  sentAt: Date | null;
}
