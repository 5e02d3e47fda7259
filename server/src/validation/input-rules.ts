import { ValidateBy, ValidateIf } from 'class-validator';
import { normalizeName } from './normalize';
import { userErrorMessage, type UserErrorArguments, type UserErrorCode } from '../errors';

/** Controls, bidirectional marks, zero-width characters, lone surrogates, line and paragraph separators. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

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
  return typeof value !== 'string' || value.trim() === '';
}

export function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

export function visible(label: string, invisible = INVISIBLE): PropertyDecorator {
  return rule('INVALID_CHARACTERS', (text) => !invisible.test(text), { label });
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
