import { Field, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../errors';

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of endSession, endOtherSessions and endUserSessions.',
})
export class EndSessionsPayload extends MutationPayload {
  @Field(() => Int, {
    description: 'How many live sessions have been ended; 0 when the mutation was refused.',
  })
  readonly endedSessions?: number;
}
