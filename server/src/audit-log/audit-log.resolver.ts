import { Args, ArgsType, Ctx, Directive, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '../database/connection.type';
import type { Page } from '../database/read-page';
import { parseGlobalId } from '../global-id/global-id';
import type { SignedInContext } from '../request/request-context';
import { User } from '../users/user.entity';
import type { UserView } from '../users/user-view';
import { AuditActor, AuditEventConnection, AuditTarget, type AuditEventType } from './audit-event.type';
import { AuditFilter } from './audit-filter';
import { listAuditEvents } from './list-audit-events';
import { listHistory } from './list-history';
import { auditLogUser } from './audit-log-user';

@ArgsType()
class AuditLogArgs extends ConnectionArgs {
  @Field(() => AuditFilter, { nullable: true, description: 'Which events to list; all without it.' })
  filter?: AuditFilter | null;
}

const WHO_IS_SEEN = 'Null when there is no such user any more, or the viewer may not see users.';

@Resolver()
export class AuditLogResolver {
  @Query(() => AuditEventConnection, {
    nullable: true,
    description: 'What happened in the organization, newest first.',
  })
  @Directive('@auth(requires: VIEW_AUDIT_LOG)')
  auditLog(
    @Args(() => AuditLogArgs) { filter, ...page }: AuditLogArgs,
    @Ctx() context: SignedInContext,
  ): Promise<Page<AuditEventType>> {
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
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: SignedInContext,
  ): Promise<Page<AuditEventType>> {
    return listHistory(context, user.id, page);
  }
}

@Resolver(() => AuditActor)
export class AuditActorResolver {
  @FieldResolver(() => User, { nullable: true, description: WHO_IS_SEEN })
  user(@Root() actor: AuditActor, @Ctx() context: SignedInContext): Promise<UserView | null> {
    return auditLogUser(context, parseGlobalId('User', actor.actorId ?? ''));
  }
}

@Resolver(() => AuditTarget)
export class AuditTargetResolver {
  @FieldResolver(() => User, { nullable: true, description: `${WHO_IS_SEEN} Null for other targets.` })
  user(@Root() target: AuditTarget, @Ctx() context: SignedInContext): Promise<UserView | null> {
    return auditLogUser(context, parseGlobalId('User', target.targetId ?? ''));
  }
}
