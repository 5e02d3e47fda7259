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
  description: 'How far an invitation has come.',
  valuesConfig: {
    QUEUED: {
      description: 'The mail is on its way; when the mail server cannot take it now, it is tried again.',
    },
    SENT: { description: 'The mail server has taken the mail to the present username.' },
    FAILED: { description: 'The mail will not go out; `reason` says why.' },
    ACCEPTED: { description: 'The user has signed in since.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'The latest invitation mail to a user.' })
export class Invitation {
  @Field(() => InvitationState, { description: 'How far the mail has come.' })
  state: InvitationState;

  @Field(() => String, {
    nullable: true,
    description: 'One sentence about why the state is FAILED; null in any other state.',
  })
  reason: string | null;

  @Field(() => GraphQLDateTime, { description: 'When the invitation was made.' })
  queuedAt: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the mail server took the mail; null until then.',
  })
  sentAt: Date | null;
}
