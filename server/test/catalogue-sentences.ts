import { TOP_LEVEL_ERRORS } from '../src/error-catalogue/top-level-errors';
import { USER_ERRORS } from '../src/error-catalogue/user-errors';

/** Whether a sentence is this one of the catalogue, whatever its parameters are. */
function fits(message: string, template: string): boolean {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'su').test(message);
}

/** Whether the message of this code is not from the catalogue, but written where the error is thrown. */
export function isForeignSentence(code: string, message: string): boolean {
  const userErrors: Readonly<Record<string, { message: string }>> = USER_ERRORS;
  const topLevelErrors: Readonly<Record<string, { messages: object }>> = TOP_LEVEL_ERRORS;
  const templates = userErrors[code]
    ? [userErrors[code].message]
    : Object.values<string>({ ...topLevelErrors[code]?.messages });
  return !templates.some((template) => fits(message, template));
}

/** Every user error in an answer, under whatever alias, that tells its code and its sentence. */
function userErrorsIn(value: unknown): { code: string; message: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { code, message } = value as Record<string, unknown>;
  const own =
    typeof code === 'string' && code in USER_ERRORS && typeof message === 'string' ? [{ code, message }] : [];
  return [...own, ...Object.values(value).flatMap(userErrorsIn)];
}

/** Every answer of every test passes here. Messages of GraphQL itself are its own, and all BAD_USER_INPUT. */
export function refuseForeignSentences({ data, errors = [] }: AnyAnswer): void {
  const topLevel = errors
    .map(({ extensions, message }) => ({ code: extensions.code, message }))
    .filter(({ code }) => code !== 'BAD_USER_INPUT');
  for (const { code, message } of [...userErrorsIn(data), ...topLevel]) {
    if (isForeignSentence(code, message))
      throw new Error(`Not in the catalogue of errors: ${code} ${message}`);
  }
}

interface AnyAnswer {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}
