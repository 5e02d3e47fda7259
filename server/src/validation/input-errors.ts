import { validate, type ValidationError } from 'class-validator';
import type { UserError, UserErrorCode } from '../errors';

/** The errors of a mutation's input by the rules of its class, with paths that start at the argument `input`. */
export async function inputErrors(input: object): Promise<UserError[]> {
  const broken = await validate(input, {
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return broken.flatMap((error) => userErrors(error, ['input']));
}

function userErrors(error: ValidationError, parent: readonly string[]): UserError[] {
  const path = [...parent, error.property];
  // The rules take both from the catalogue: see input-rules.
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
    code: code as UserErrorCode,
    field: path,
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => userErrors(child, path))];
}
