import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import type { Viewer } from '../access/viewer';
import { MutationPayload } from '../errors';
import type { Session } from '../sessions/session.entity';
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '../sessions/access-token';
import { SignInStep } from './sign-in-steps';
import { ViewerType } from '../sessions/viewer.type';

@ObjectType('Session', { simpleResolvers: true, description: 'What a signed-in client needs.' })
export class SessionType {
  @Field(() => String, { description: 'Send it as "Authorization: Bearer …".' })
  accessToken: string;

  @Field(() => GraphQLDateTime, { description: 'When the access token expires.' })
  expiresAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Only for programs that asked for it; browsers have a cookie.',
  })
  refreshToken: string | null;

  @Field(() => ViewerType)
  viewer: Viewer;
}

@ObjectType({ simpleResolvers: true, description: 'What is left to do before there is a session.' })
export class SignInChallenge {
  @Field(() => String)
  token: string;

  @Field(() => [SignInStep], { description: 'The first one is to be answered now.' })
  steps: SignInStep[];

  @Field(() => GraphQLDateTime)
  expiresAt: Date;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class SignInPayload extends MutationPayload {
  @Field(() => SessionType, { nullable: true })
  readonly session?: SessionType;

  @Field(() => SignInChallenge, { nullable: true })
  readonly challenge?: SignInChallenge;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class RefreshSessionPayload extends MutationPayload {
  @Field(() => SessionType, { nullable: true })
  readonly session?: SessionType;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class SignOutPayload extends MutationPayload {}

/** The answer to a sign-in or a renewal. */
export function toSessionType(
  { keys, now }: RequestContext,
  session: Session,
  viewer: Viewer,
  refreshToken: string | null,
): SessionType {
  return {
    accessToken: signAccessToken(keys.accessToken, { userId: session.userId, sessionId: session.id }, now),
    expiresAt: new Date(now.getTime() + ACCESS_TOKEN_LIFETIME * 1000),
    refreshToken,
    viewer,
  };
}
