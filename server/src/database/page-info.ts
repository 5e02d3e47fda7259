import { Field, ObjectType } from 'type-graphql';
import type { Page } from './read-page';

/** Relay's PageInfo. */
@ObjectType({ simpleResolvers: true, description: 'Whether and where the list goes on (Relay PageInfo).' })
export class PageInfo {
  @Field(() => Boolean, {
    description: 'Whether more comes behind this page. With last: whether `before` was given.',
  })
  hasNextPage: boolean;

  @Field(() => Boolean, {
    description: 'Whether more comes ahead of this page. With first: whether `after` was given.',
  })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first edge, to hand back as `before`; null when the page is empty.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last edge, to hand back as `after`; null when the page is empty.',
  })
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
