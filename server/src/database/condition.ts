import type { Condition } from './keyset-page';
import type { SqlValue } from './sql';

export function condition(sql: string, ...parameters: readonly SqlValue[]): Condition {
  return { sql, parameters };
}

/** What no row meets. */
export const NEVER = condition('1 = 0');

/** @param conditions one at least */
export function allOf(conditions: readonly Condition[]): Condition {
  return joined(conditions, ' AND ');
}

export function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return NEVER;
  const { sql, parameters } = joined(conditions, ' OR ');
  return { sql: `(${sql})`, parameters };
}

/** The rows whose column has one of these values; none for an empty list. */
export function isOneOf(column: string, values: readonly SqlValue[]): Condition {
  const distinct = [...new Set(values)];
  return distinct.length === 0
    ? NEVER
    : { sql: `${column} IN (${distinct.map(() => '?').join(', ')})`, parameters: distinct };
}

function joined(conditions: readonly Condition[], word: string): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(word),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}
