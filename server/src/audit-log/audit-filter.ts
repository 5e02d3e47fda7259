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

/** The conditions that select the events, and the index that reads each of them in order of time. */
export interface EventSearch {
  readonly index: string;
  readonly matching: readonly [Condition, ...Condition[]];
}

const ALL_TYPES = Object.values(AuditTargetType);

/** The events of an organization that a filter lets pass. */
export function searchEvents(organizationId: number, filter: AuditFilter): EventSearch {
  const { userId, actorId, targetId, targetType, from, to } = filter;
  const shared = [
    condition('e.organization_id = ?', organizationId),
    ...(isGiven(actorId) ? [sameId('e.actor_user_id', actorId)] : []),
    ...(from ? [condition('e.at >= ?', from)] : []),
    ...(to ? [condition('e.at < ?', to)] : []),
  ];
  const actions = filter.action ? [anyOf('e.action', filter.action)] : [];
  if (isGiven(userId) || isGiven(targetId)) {
    const ids = [userId, targetId].filter(isGiven).map((id) => sameId('e.target_id', id));
    const types = ALL_TYPES.filter(
      (type) => (!isGiven(userId) || type === 'user') && (targetType ?? type) === type,
    );
    return {
      index: 'ix_audit_event_about',
      matching: oneOf('e.target_type', types, [...shared, ...actions, ...ids]),
    };
  }
  if (isGiven(actorId)) {
    const type = targetType ? [condition('e.target_type = ?', targetType)] : [];
    return { index: 'ix_audit_event_by', matching: [allOf([...shared, ...actions, ...type])] };
  }
  const selected = selectedActions(filter);
  if (selected) return { index: 'ix_audit_event_action', matching: oneOf('e.action', selected, shared) };
  return { index: 'ix_audit_event_time', matching: [allOf(shared)] };
}

/**
 * The actions to select, or null for all. A filter by type of target selects by the actions of that type,
 * because an index has these in order. The few events about roles would otherwise have to be found among
 * the sign-ins of all users.
 */
function selectedActions({ action, targetType }: AuditFilter): AuditAction[] | null {
  if (!action && !targetType) return null;
  return ALL_AUDIT_ACTIONS.filter(
    (one) => (action ?? [one]).includes(one) && (!targetType || one.startsWith(`${targetType}.`)),
  );
}

/** One condition for each value, because no index has the rows of two values in one order. */
function oneOf(
  column: string,
  values: readonly string[],
  shared: readonly Condition[],
): readonly [Condition, ...Condition[]] {
  const [first, ...others] = values.map((value) => allOf([...shared, condition(`${column} = ?`, value)]));
  return first ? [first, ...others] : [allOf([...shared, anyOf(column, [])])];
}

function anyOf(column: string, values: readonly string[]): Condition {
  // A value that no row has, so that an empty list matches nothing.
  const parameters = values.length > 0 ? [...new Set(values)] : [''];
  return { sql: `${column} IN (${parameters.map(() => '?').join(', ')})`, parameters };
}

function sameId(column: string, text: string): Condition {
  // No row has the id 0.
  return condition(`${column} = ?`, parseId(text) ?? 0);
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
