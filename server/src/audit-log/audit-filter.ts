import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { ALL_AUDIT_ACTIONS, AuditActionEnum, type AuditAction } from '../audit/audit-action';
import { allOf, condition } from '../database/condition';
import type { Condition } from '../database/keyset-page';
import { parseAnyGlobalId, parseGlobalId } from '../global-id/global-id';
import { AuditTargetType, TARGET_NODES } from './audit-event.type';

@InputType({ description: 'Which events to list: those that meet every condition that is given.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Events that this user caused.' })
  actorId?: string | null;

  @Field(() => [AuditActionEnum], {
    nullable: true,
    description: 'Events with any of these actions; an empty list matches none.',
  })
  actions?: AuditAction[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Events at this time or later.' })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Events before this time.' })
  to?: Date | null;

  @Field(() => AuditTargetType, { nullable: true, description: 'Events about things of this kind.' })
  targetType?: AuditTargetType | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Events about this user, role or organization.',
  })
  targetId?: string | null;
}

/** The conditions that select the events, and the index that reads each of them in order of time. */
export interface EventSearch {
  readonly index: string;
  readonly matching: readonly [Condition, ...Condition[]];
}

/** The events of an organization that a filter lets pass. */
export function searchEvents(organizationId: number, filter: AuditFilter): EventSearch {
  const { actions, actorId, targetId, targetType, from, to } = filter;
  const shared = [
    condition('e.organization_id = ?', organizationId),
    ...(isGiven(actorId) ? [sameId('e.actor_user_id', parseGlobalId('User', actorId))] : []),
    ...(from ? [condition('e.at >= ?', from)] : []),
    ...(to ? [condition('e.at < ?', to)] : []),
  ];
  const actionSought = actions ? [anyOf('e.action', actions)] : [];
  const typeSought = targetType ? [condition('e.target_type = ?', targetType)] : [];
  if (isGiven(targetId)) {
    const target = targetOf(targetId);
    const sameTarget = [condition('e.target_type = ?', target.type), sameId('e.target_id', target.id)];
    return {
      index: 'ix_audit_event_about',
      matching: [allOf([...shared, ...actionSought, ...typeSought, ...sameTarget])],
    };
  }
  if (isGiven(actorId)) {
    return { index: 'ix_audit_event_by', matching: [allOf([...shared, ...actionSought, ...typeSought])] };
  }
  const selected = selectedActions(filter);
  if (selected) return { index: 'ix_audit_event_action', matching: oneOf('e.action', selected, shared) };
  return { index: 'ix_audit_event_time', matching: [allOf(shared)] };
}

/** The target with this global id. No row has an empty type: an id of any other type finds nothing. */
function targetOf(targetId: string): { type: string; id: number | null } {
  const reference = parseAnyGlobalId(targetId);
  const type = Object.values(AuditTargetType).find((one) => TARGET_NODES[one] === reference?.type);
  return { type: type ?? '', id: reference?.id ?? null };
}

/**
 * The actions to select, or null for all. A filter by type of target selects by the actions of that type,
 * because an index has these in order. The few events about roles would otherwise have to be found among
 * the sign-ins of all users.
 */
function selectedActions({ actions, targetType }: AuditFilter): AuditAction[] | null {
  if (!actions && !targetType) return null;
  return ALL_AUDIT_ACTIONS.filter(
    (one) => (actions ?? [one]).includes(one) && (!targetType || one.startsWith(`${targetType}.`)),
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

function sameId(column: string, id: number | null): Condition {
  // No row has the id 0.
  return condition(`${column} = ?`, id ?? 0);
}

function isGiven(text: string | null | undefined): text is string {
  return typeof text === 'string';
}
