import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';
import { AuditActor, AuditEventConnection, AuditTarget } from './audit-event.type';
import { AuditFilter } from './audit-filter';
import { listAuditEvents } from './list-audit-events';
import { auditLogUser } from './audit-log-user';

@ArgsType()
class AuditLogArgs {
  @Field(() => AuditFilter, { nullable: true })
  filter?: AuditFilter | null;

  @Field(() => Int, { nullable: true, description: '1 to 100; 50 when neither first nor last is given.' })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;
}

const WHO_IS_SEEN = 'Null when there is no such user any more, or the viewer may not see users.';

@Resolver()
export class AuditLogResolver {
  @Query(() => AuditEventConnection, { description: 'What happened in the organization, newest first.' })
  @Directive('@auth(requires: VIEW_AUDIT_LOG)')
  auditLog(
    @Args(() => AuditLogArgs) { filter, ...page }: AuditLogArgs,
    @Ctx() context: SignedInContext,
  ): Promise<AuditEventConnection> {
    return listAuditEvents(context, filter ?? {}, page);
  }
}

@Resolver(() => User)
export class UserHistoryResolver {
  @FieldResolver(() => AuditEventConnection, {
    nullable: true,
    description: 'What happened to this user, newest first.',
  })
  @Directive('@auth(requires: VIEW_AUDIT_LOG)')
  history(
    @Root() user: UserView,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 50 when it is not given.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: SignedInContext,
  ): Promise<AuditEventConnection> {
    return listAuditEvents(context, { userId: String(user.id) }, { first, after });
  }
}

@Resolver(() => AuditActor)
export class AuditActorResolver {
  @FieldResolver(() => User, { nullable: true, description: WHO_IS_SEEN })
  user(@Root() actor: AuditActor, @Ctx() context: SignedInContext): Promise<UserView | null> {
    return auditLogUser(context, actor.actorId);
  }
}

@Resolver(() => AuditTarget)
export class AuditTargetResolver {
  @FieldResolver(() => User, { nullable: true, description: `${WHO_IS_SEEN} Null for other targets.` })
  user(@Root() target: AuditTarget, @Ctx() context: SignedInContext): Promise<UserView | null> {
    return auditLogUser(context, target.type === 'user' ? target.targetId : null);
  }
}
