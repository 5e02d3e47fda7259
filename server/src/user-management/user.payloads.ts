import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';
import { CHANGED_USER, ENDED_SESSIONS } from '../users/payload-descriptions';
import { User } from '../users/user.entity';

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of createUser.' })
export class CreateUserPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: 'The new user; null when the mutation was refused.' })
  readonly user?: User;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of updateUser.' })
export class UpdateUserPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;

  @Field(() => Int, { description: ENDED_SESSIONS })
  readonly endedSessions?: number;
}

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of setUserEnabled.',
})
export class SetUserEnabledPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;

  @Field(() => Int, { description: ENDED_SESSIONS })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true, description: 'The result of resetMfa.' })
export class ResetMfaPayload extends MutationPayload {
  @Field(() => User, { nullable: true, description: CHANGED_USER })
  readonly user?: User;

  @Field(() => Int, { description: ENDED_SESSIONS })
  readonly endedSessions?: number;
}
