import { Field, ObjectType } from 'type-graphql';

/** Relay's PageInfo. */
@ObjectType({ simpleResolvers: true, description: 'Whether and where the list goes on.' })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => Boolean)
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}
