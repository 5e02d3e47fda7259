import { z } from 'zod';

/**
 * A variable that `parse` turns into a value, or into null when it does not understand it.
 * @param must what to tell then: the problem begins with the name of the variable, and goes on with this
 */
export function parsedBy<Value>(parse: (text: string) => Value | null, must: (text: string) => string) {
  return z.string().transform((text, { issues }) => {
    const value = parse(text);
    if (value !== null) return value;
    issues.push({ code: 'custom', message: must(text), input: text });
    return z.NEVER;
  });
}

/** Entries with commas between them; each wrong one is a problem of its own. */
export function listOf<Entry extends z.ZodType<unknown, string>>(entry: Entry) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''))
    .pipe(z.array(entry));
}

export function wholeNumber(least: number, most: number) {
  return parsedBy(
    (text) => {
      const number = Number(text);
      return /^\d+$/.test(text) && number >= least && number <= most ? number : null;
    },
    (text) => `must be a number from ${least} to ${most}, not "${text}".`,
  );
}

/** How much is allowed; `off` and 0 are no limit: Infinity. */
export function limitOrOff(least: number, most: number) {
  return parsedBy(
    (text) => {
      const number = Number(text);
      if (text === 'off' || text === '0') return Infinity;
      return /^\d+$/.test(text) && number >= least && number <= most ? number : null;
    },
    (text) => `must be a number from ${least} to ${most}, or off, not "${text}".`,
  );
}

export function trueOrFalse() {
  return z.stringbool({
    truthy: ['true'],
    falsy: ['false'],
    case: 'sensitive',
    error: ({ input }) => `must be true or false, not "${String(input)}".`,
  });
}

export function oneOf<const Name extends string>(names: readonly [Name, ...Name[]]) {
  const [last, ...others] = names.toReversed();
  return z.enum(names, {
    error: ({ input }) => `must be ${others.reverse().join(', ')} or ${last}, not "${String(input)}".`,
  });
}
