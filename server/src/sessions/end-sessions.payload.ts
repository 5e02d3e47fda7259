import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
export class EndSessionsPayload extends MutationPayload {
  @Field(() => Int)
  readonly endedSessions?: number;
}
