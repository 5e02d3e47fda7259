import {
  Arg,
  ArgsType,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import { COUNT_LIMIT } from './count-limit';
import { PageInfo, pageInfoOf } from './page-info';
import type { Page, PageArguments } from './read-page';

/** The arguments of every connection (Relay). */
@ArgsType()
export class ConnectionArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many to read from the start or behind `after`: 1 to 100; 50 without first and last.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: read what comes behind it.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many to read from the end or ahead of `before`: 1 to 100. Not together with first.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: read what comes ahead of it.' })
  before?: string | null;
}

interface ConnectionTypes {
  readonly Connection: ClassType;
  readonly ConnectionResolver: ClassType;
}

/**
 * The connection and the edge of a type, and the resolver that reads them from a page (Relay cursor
 * connection). Edges are made only when they are asked for.
 * @param plural what the nodes are called in the descriptions, for example users
 */
export function connectionOf(node: ClassType, name: string, plural: string): ConnectionTypes {
  @ObjectType(`${name}Edge`, {
    simpleResolvers: true,
    description: `One of the ${plural} of a page, and where it stands.`,
  })
  class Edge {
    @Field(() => String, {
      description: 'For after and before; good for this order, search and filter only.',
    })
    cursor: string;

    @Field(() => node, { description: 'The object itself.' })
    node: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${plural} (Relay cursor connection).` })
  class Connection {
    @Field(() => [node], { simple: true, description: 'The page in its order, without cursors.' })
    nodes: readonly object[];
  }

  @Resolver(() => Connection)
  class ConnectionResolver {
    @FieldResolver(() => [Edge], { description: 'The page in its order, each with its cursor.' })
    edges(@Root() page: Page<object>): Edge[] {
      return page.nodes.map((one, position) => ({ node: one, cursor: page.cursorOf(position) }));
    }

    @FieldResolver(() => PageInfo, { description: 'Whether and where the list goes on.' })
    pageInfo(@Root() page: Page<object>): PageInfo {
      return pageInfoOf(page);
    }

    @FieldResolver(() => Int, {
      description: `How many ${plural} match, over all pages; counting stops at upTo.`,
    })
    totalCount(
      @Root() page: Page<object>,
      @Arg('upTo', () => Int, COUNT_LIMIT)
      upTo: number,
    ): Promise<number> {
      return page.totalCount(upTo);
    }
  }

  return { Connection, ConnectionResolver };
}
