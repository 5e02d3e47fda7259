import { Kind, type GraphQLError } from 'graphql';

/** Characters. Enough for every message of GraphQL about names of the schema. */
const LONGEST = 300;

/**
 * What a message of graphql-js says beyond the values of the caller, which it repeats whole. They may hold a
 * password, and clients log messages. ASVS 16.2.5.
 * Searches the text instead of matching patterns, whose time could grow with the square of what callers send.
 */
export function toldMessage(message: string): string {
  return capped(withoutValue(message));
}

function withoutValue(message: string): string {
  if (message.startsWith('Syntax Error')) {
    const text = message.indexOf('String "');
    return text < 0 ? message : `${message.slice(0, text)}String.`;
  }
  if (message.startsWith('Value "')) return 'The enum does not have this value.';
  for (const [words, instead] of WORDS_BEFORE_VALUES) {
    const start = message.indexOf(words);
    if (start >= 0) return `${message.slice(0, start)}${instead}`;
  }
  return message;
}

const WORDS_BEFORE_VALUES = [
  [' cannot represent ', ' cannot represent this value.'],
  [', found ', '.'],
  [' has invalid value ', ' has an invalid value.'],
] as const;

function capped(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}

/** Whether GraphQL itself blames a value that the document gives; what resolvers throw is told of a field. */
export function blamesValue({ nodes, originalError }: GraphQLError): boolean {
  const kind = nodes?.[0]?.kind;
  return !originalError && (kind === Kind.VARIABLE || kind?.endsWith('Value') === true);
}
