import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';
import { User } from '../users/user.entity';
import { Node } from '../global-id/node.type';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A sign-in of the viewer that is still good.',
})
export class ViewerSession implements Node {
  id: number;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent: boolean;

  @Field(() => String, { description: 'What the program called itself (User-Agent).' })
  userAgent: string;

  @Field(() => String, { description: 'The network address at sign-in.' })
  ipAddress: string;

  @Field(() => GraphQLDateTime)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last renewed.' })
  lastSeenAt: Date;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class UpdateProfilePayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class ChangePasswordPayload extends MutationPayload {
  @Field(() => Int, { description: "How many of the viewer's other sessions this has ended." })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class RemoveMfaPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;

  @Field(() => Int, { description: "How many of the viewer's other sessions this has ended." })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class ReplaceRecoveryCodesPayload extends MutationPayload {
  @Field(() => [String], { nullable: true, description: 'Each works once. Never shown again.' })
  readonly recoveryCodes?: string[];
}
