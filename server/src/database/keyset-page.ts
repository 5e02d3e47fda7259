import type { SqlValue } from './sql';

type Direction = 'ASC' | 'DESC';

/** One key of an order. The last one of every order must be unique. */
export interface SortKey {
  /** The column or expression as it stands in the statement. */
  readonly sql: string;
  readonly direction: Direction;
  readonly nullable: boolean;
}

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** The columns of ORDER BY; `backwards` reverses them for the page before a cursor. */
export function orderBy(keys: readonly SortKey[], backwards: boolean): string {
  return keys.map((key) => `${key.sql} ${backwards ? opposite(key.direction) : key.direction}`).join(', ');
}

/**
 * The rows that come after these values (or before them, with `backwards`) in the order of the keys.
 * Written as (a > x OR (a = x AND b > y)), because MariaDB scans the whole index for the row form
 * (a, b) > (x, y). Nulls come first ascending and last descending, as both engines sort them.
 */
export function keysetCondition(
  keys: readonly SortKey[],
  values: readonly SqlValue[],
  backwards: boolean,
): Condition {
  const parameters: SqlValue[] = [];
  const alternatives = keys.map((key, position) => {
    const equal = keys.slice(0, position).map((earlier, index) => {
      const value = values[index] ?? null;
      if (value === null) return `${earlier.sql} IS NULL`;
      parameters.push(value);
      return `${earlier.sql} = ?`;
    });
    return [...equal, strictKeysetCondition(key, values[position] ?? null, backwards, parameters)].join(
      ' AND ',
    );
  });
  const anyOf = `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;

  const [first] = keys;
  if (!first || first.nullable) return { sql: anyOf, parameters };
  // Implied by the condition, but lets the database start the index scan at the cursor.
  const bound = ascends(first, backwards) ? '>=' : '<=';
  return { sql: `${first.sql} ${bound} ? AND ${anyOf}`, parameters: [values[0] ?? null, ...parameters] };
}

function strictKeysetCondition(
  key: SortKey,
  value: SqlValue,
  backwards: boolean,
  parameters: SqlValue[],
): string {
  const ascending = ascends(key, backwards);
  if (value === null) return ascending ? `${key.sql} IS NOT NULL` : '1 = 0';
  parameters.push(value);
  if (ascending) return `${key.sql} > ?`;
  return key.nullable ? `(${key.sql} < ? OR ${key.sql} IS NULL)` : `${key.sql} < ?`;
}

function ascends(key: SortKey, backwards: boolean): boolean {
  return (key.direction === 'ASC') !== backwards;
}

function opposite(direction: Direction): Direction {
  return direction === 'ASC' ? 'DESC' : 'ASC';
}
