import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { CallerStanding, RequestContext } from '../request/request-context';

@ObjectType('RateLimit', {
  simpleResolvers: true,
  description:
    'What the caller may ask for in a minute, in points: a session, or an address of callers without one. The headers ' +
    '`RateLimit-Policy` and `RateLimit` of every answer tell the same.',
})
class RateLimitType {
  @Field(() => Int, {
    description: 'What this operation cost, in points: about the objects that it reads, and at least 1.',
  })
  cost: number;

  @Field(() => Int, {
    description: 'The most points that may be spent at once; as many come back in a minute.',
  })
  limit: number;

  @Field(() => Int, { description: 'How many points are left after this operation.' })
  remaining: number;

  @Field(() => GraphQLDateTime, { description: 'When all points are back, if nothing more is asked for.' })
  resetAt: Date;
}

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimitType, {
    nullable: true,
    description: 'What the caller has left to ask for in this minute; null where there is no limit.',
  })
  @Directive('@public')
  rateLimit(@Ctx() { callerLimit }: RequestContext): CallerStanding | null {
    return callerLimit?.standing() ?? null;
  }
}
