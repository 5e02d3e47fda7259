import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';
import { User } from '../users/user.entity';
import { CHANGED_USER, ENDED_OTHER_SESSIONS } from '../users/payload-descriptions';
import { RECOVERY_CODES } from '../mfa/recovery-codes';
import { Node } from '../global-id/node.type';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A sign-in of the viewer that is still good.',
})
export class ViewerSession implements Node {
  id: number;

  @Field(() => Boolean, { description: 'Whether it is the session of this request.' })
  isCurrent: boolean;

  @Field(() => String, {
    description:
      'What the program called itself at sign-in (User-Agent), cut to 400 characters; empty when ' +
      'it sent nothing.',
  })
  userAgent: string;

  @Field(() => String, { description: 'The IP address that the sign-in came from.' })
  ipAddress: string;

  @Field(() => GraphQLDateTime, { description: 'When the viewer signed in.' })
  createdAt: Date;

  @Field(() => GraphQLDateTime, {
    description: 'When the session was last renewed with a refresh token; at first when it began.',
  })
  lastSeenAt: Date;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of changeUsername.',
})
export class ChangeUsernamePayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of updateProfile.',
})
export class UpdateProfilePayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of changePassword.',
})
export class ChangePasswordPayload extends MutationPayload {
  @Field(() => Int, { description: ENDED_OTHER_SESSIONS })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of removeMfa.' })
export class RemoveMfaPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;

  @Field(() => Int, { description: ENDED_OTHER_SESSIONS })
  readonly endedSessions?: number;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of replaceRecoveryCodes.',
})
export class ReplaceRecoveryCodesPayload extends MutationPayload {
  @Field(() => [String], { nullable: true, description: RECOVERY_CODES })
  readonly recoveryCodes?: string[];
}
