import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';
import { User } from '../users/user.entity';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class CreateUserPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class UpdateUserPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;

  @Field(() => Int, { description: 'How many live sessions of the user this has ended.' })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class SetUserEnabledPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;

  @Field(() => Int, { description: 'How many live sessions of the user this has ended.' })
  readonly endedSessions?: number;
}

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class ResetMfaPayload extends MutationPayload {
  @Field(() => User, { nullable: true })
  readonly user?: User;

  @Field(() => Int, { description: 'How many live sessions of the user this has ended.' })
  readonly endedSessions?: number;
}
