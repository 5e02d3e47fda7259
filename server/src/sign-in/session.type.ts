import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import type { Viewer } from '../access/viewer';
import { MutationPayload } from '../errors';
import type { Session } from '../sessions/session.entity';
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '../sessions/access-token';
import { SignInStep } from './sign-in-steps';
import { ViewerType } from '../sessions/viewer.type';

@ObjectType('Session', {
  simpleResolvers: true,
  description: 'A session that has been opened or renewed: what a client needs to act as the user.',
})
export class SessionType {
  @Field(() => String, {
    description: 'Send it with every request as the header "Authorization: Bearer …".',
  })
  accessToken: string;

  @Field(() => GraphQLDateTime, {
    description: 'When the access token expires; renew the session with refreshSession before.',
  })
  expiresAt: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'For programs: hand it back to refreshSession, once. Null for browsers, which have it as a ' +
      'cookie.',
  })
  refreshToken: string | null;

  @Field(() => ViewerType, { description: 'Who is now signed in.' })
  viewer: Viewer;
}

@ObjectType({ simpleResolvers: true, description: 'What is left to do before there is a session.' })
export class SignInChallenge {
  @Field(() => String, {
    description: 'Hand it back as challengeToken with the answer; good for nothing else.',
  })
  token: string;

  @Field(() => [SignInStep], {
    description: 'The steps that are left, never empty. Answer the first one; later answers may add steps.',
  })
  steps: SignInStep[];

  @Field(() => GraphQLDateTime, {
    description: 'When the token expires; after that the user signs in anew.',
  })
  expiresAt: Date;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of a sign-in or of one of its steps: a session, a challenge, or userErrors.',
})
export class SignInPayload extends MutationPayload {
  @Field(() => SessionType, {
    nullable: true,
    description: 'The session; null while steps are left, and when the mutation was refused.',
  })
  readonly session?: SessionType;

  @Field(() => SignInChallenge, {
    nullable: true,
    description: 'The steps that are left; null when there is a session, and when the mutation was refused.',
  })
  readonly challenge?: SignInChallenge;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of refreshSession.',
})
export class RefreshSessionPayload extends MutationPayload {
  @Field(() => SessionType, {
    nullable: true,
    description: 'The renewed session; null when the mutation was refused.',
  })
  readonly session?: SessionType;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of signOut.' })
export class SignOutPayload extends MutationPayload {}

/** The answer to a sign-in or a renewal. */
export function toSessionType(
  { keys, now }: RequestContext,
  session: Session,
  viewer: Viewer,
  refreshToken: string | null,
): SessionType {
  return {
    accessToken: signAccessToken(keys.accessToken, session, now),
    expiresAt: new Date(now.getTime() + ACCESS_TOKEN_LIFETIME * 1000),
    refreshToken,
    viewer,
  };
}
