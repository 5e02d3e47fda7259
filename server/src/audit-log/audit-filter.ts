import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { ALL_AUDIT_ACTIONS, AuditActionEnum, type AuditAction } from '../audit/audit-action';
import type { Condition } from '../database/keyset-page';
import { parseId, type SqlValue } from '../database/sql';
import { AuditTargetType } from './audit-event.type';

@InputType({ description: 'Every condition that is given must hold.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'The user to whom it was done.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The user who did it.' })
  actorId?: string | null;

  @Field(() => [AuditActionEnum], { nullable: true, description: 'Any of these.' })
  action?: AuditAction[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Not before this time.' })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Before this time.' })
  to?: Date | null;

  @Field(() => AuditTargetType, { nullable: true })
  targetType?: AuditTargetType | null;

  @Field(() => ID, { nullable: true })
  targetId?: string | null;
}

const NOTHING: Condition = { sql: '1 = 0', parameters: [] };

/** The events of an organization that a filter lets pass: one condition for each action, if it asks for any. */
export function matchingEvents(
  organizationId: number,
  filter: AuditFilter,
): readonly [Condition, ...Condition[]] {
  const shared = allOf([
    condition('e.organization_id = ?', organizationId),
    ...(isGiven(filter.userId) ? [...ofType('user'), sameId('e.target_id', filter.userId)] : []),
    ...(isGiven(filter.actorId) ? [sameId('e.actor_user_id', filter.actorId)] : []),
    ...(filter.from ? [condition('e.at >= ?', filter.from)] : []),
    ...(filter.to ? [condition('e.at < ?', filter.to)] : []),
    ...(isGiven(filter.targetId) ? [sameId('e.target_id', filter.targetId)] : []),
    ...(filter.targetType && isGiven(filter.targetId) ? ofType(filter.targetType) : []),
  ]);
  const actions = soughtActions(filter);
  if (actions === null) return [shared];
  const [first, ...others] = actions.map((action) => allOf([shared, condition('e.action = ?', action)]));
  return first ? [first, ...others] : [NOTHING];
}

/**
 * Null for any. A type of targets alone is asked for by its actions, which an index has in order: the
 * organization's few roles would otherwise be sought among the sign-ins of all its users.
 */
function soughtActions({ action, targetType, targetId }: AuditFilter): AuditAction[] | null {
  const ofTarget = targetType && !isGiven(targetId) ? actionsOf(targetType) : null;
  if (!action) return ofTarget;
  const asked = [...new Set(action)];
  return ofTarget ? asked.filter((one) => ofTarget.includes(one)) : asked;
}

function actionsOf(type: AuditTargetType): AuditAction[] {
  return ALL_AUDIT_ACTIONS.filter((action) => action.startsWith(`${type}.`));
}

function ofType(type: AuditTargetType): Condition[] {
  return [condition('e.target_type = ?', type)];
}

function sameId(column: string, text: string): Condition {
  const id = parseId(text);
  return id === null ? NOTHING : condition(`${column} = ?`, id);
}

function isGiven(text: string | null | undefined): text is string {
  return typeof text === 'string';
}

function condition(sql: string, value: SqlValue): Condition {
  return { sql, parameters: [value] };
}

function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}
