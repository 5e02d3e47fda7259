/** The types that implement Node, and what the ids of each begin with. Clients keep ids: never rename one. */
const PREFIXES = {
  AuditEvent: 'event',
  Organization: 'organization',
  Role: 'role',
  User: 'user',
  ViewerSession: 'session',
} as const;

export type NodeTypeName = keyof typeof PREFIXES;

export interface NodeReference {
  readonly type: NodeTypeName;
  /** The number of its row. */
  readonly id: number;
}

const TYPES = new Map(
  Object.entries(PREFIXES).map(([type, prefix]) => [prefix as string, type as NodeTypeName]),
);

export function isNodeTypeName(name: string): name is NodeTypeName {
  return Object.hasOwn(PREFIXES, name);
}

/**
 * What clients know a row by, for example user_63: unique over all types, so that clients that keep objects
 * by id alone never take one for another. Relay's Object Identification.
 */
export function globalId(type: NodeTypeName, id: number): string {
  return `${PREFIXES[type]}_${id}`;
}

/**
 * Parsed strictly, because MySQL takes '1abc' for 1.
 * @returns null for whatever no object has as its id
 */
export function parseAnyGlobalId(text: string): NodeReference | null {
  const [, prefix = '', digits] = /^([a-z]+)_([1-9]\d{0,9})$/.exec(text) ?? [];
  const type = TYPES.get(prefix);
  const id = Number(digits);
  return type && id <= MAXIMUM_ROW_ID ? { type, id } : null;
}

/** The number of the row, or null when this is no id of the type: it then is missing. */
export function parseGlobalId(type: NodeTypeName, text: string): number | null {
  const reference = parseAnyGlobalId(text);
  return reference?.type === type ? reference.id : null;
}

/** The largest value of a signed INT column. */
const MAXIMUM_ROW_ID = 2_147_483_647;
