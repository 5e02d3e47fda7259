import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { PageInfo, pageInfoOf } from '../database/page-info';
import type { UserPage } from './list-users';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';

@ObjectType({ simpleResolvers: true })
export class UserEdge {
  @Field(() => String)
  cursor: string;

  @Field(() => User)
  node: UserView;
}

@ObjectType({ simpleResolvers: true, description: 'A page of users (Relay cursor connection).' })
export class UserConnection {
  @Field(() => [User])
  nodes: readonly UserView[];
}

@Resolver(() => UserConnection)
export class UserConnectionResolver {
  @FieldResolver(() => [UserEdge])
  edges(@Root() page: UserPage): UserEdge[] {
    return page.nodes.map((node, position) => ({ node, cursor: page.cursorOf(position) }));
  }

  @FieldResolver(() => PageInfo)
  pageInfo(@Root() page: UserPage): PageInfo {
    return pageInfoOf(page);
  }

  @FieldResolver(() => Int, { description: 'How many users match; counting stops at upTo (1 to 100000).' })
  totalCount(
    @Root() page: UserPage,
    @Arg('upTo', () => Int, { nullable: true, defaultValue: 1000 }) upTo: number | null,
  ): Promise<number> {
    return page.totalCount(upTo ?? 1000);
  }
}
