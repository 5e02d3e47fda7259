import { ValidateBy, ValidateIf } from 'class-validator';
import { beforeInvisible, trimInvisible } from './invisible';
import { normalizeName } from './normalize';
import { userErrorMessage, type UserErrorArguments, type UserErrorCode } from '../errors';

/** A rule for text that is not blank. Its constraint has the name of the error code that the client gets. */
export function rule<Code extends UserErrorCode>(
  code: Code,
  holds: (text: string) => boolean,
  ...parameters: UserErrorArguments<Code>
): PropertyDecorator {
  return ValidateBy({
    name: code,
    validator: {
      validate: (value: unknown) => isBlank(value) || holds(String(value)),
      defaultMessage: () => userErrorMessage(code, ...parameters),
    },
  });
}

/** Any text but a blank one. */
export function IsGiven(label: string): PropertyDecorator {
  return ValidateBy({
    name: 'REQUIRED' satisfies UserErrorCode,
    validator: {
      validate: (value: unknown) => !isBlank(value),
      defaultMessage: () => userErrorMessage('REQUIRED', { label }),
    },
  });
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || trimInvisible(value) === '';
}

export function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** So much of the text is quoted to show where an invisible character stands. */
const QUOTED = 20;

function end(text: string | null): string {
  return [...(text ?? '')].slice(-QUOTED).join('');
}

/** @param before what stands before the first invisible character of a text; null when there is none */
export function visible(
  label: string,
  before: (text: string) => string | null = beforeInvisible,
): PropertyDecorator {
  const find = (value: unknown) => before(trimInvisible(String(value)));
  return ValidateBy({
    name: 'INVALID_CHARACTERS' satisfies UserErrorCode,
    validator: {
      validate: (value: unknown) => isBlank(value) || find(value) === null,
      defaultMessage: (args) =>
        userErrorMessage('INVALID_CHARACTERS', { label, start: end(find(args?.value)) }),
    },
  });
}

/** For optional values other than text, which may be absent but not null. */
export function IsNotNull(label: string): PropertyDecorator {
  return ValidateBy({
    name: 'REQUIRED' satisfies UserErrorCode,
    validator: {
      validate: (value: unknown) => value !== null,
      defaultMessage: () => userErrorMessage('REQUIRED', { label: `A value for “${label}”` }),
    },
  });
}

/** Skips the other rules of an absent field, which leaves the value unchanged; null does not. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_input, value) => value !== undefined);
}

/** The name of a person, role or organization. */
export function IsName(label: string, maximum: number): PropertyDecorator {
  return all(
    IsGiven(label),
    visible(label),
    rule('TOO_LONG', (text) => normalizeName(text).length <= maximum, { label, maximum }),
  );
}
