import { Field, ObjectType } from 'type-graphql';
import type { Page } from './read-page';

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

export function pageInfoOf(page: Page<unknown>): PageInfo {
  const { nodes, hasNextPage, hasPreviousPage } = page;
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: nodes.length > 0 ? page.cursorOf(0) : null,
    endCursor: nodes.length > 0 ? page.cursorOf(nodes.length - 1) : null,
  };
}
