import { isEmail, ValidateBy, ValidateIf } from 'class-validator';
import { uniqueKey } from '../database/fold';
import type { UserErrorCode } from '../errors';
import { tidyName, tidyPhone, tidyUsername } from './user-columns';

const MAXIMUM_NAME = 100;
const MAXIMUM_USERNAME = 254;
const MAXIMUM_PHONE = 40;

/** Controls, bidirectional marks, zero-width characters, lone surrogates, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * In usernames also variation selectors and fillers: one person's name must not look like another's.
 * In names of people they have their use, for example for the variants of Japanese characters.
 */
const INVISIBLE_IN_USERNAMES = new RegExp(`${INVISIBLE.source}|\\p{Default_Ignorable_Code_Point}`, 'u');

/** Digits in the usual groupings, with an optional prefix and extension. */
const PHONE = /^\+?[\d ().\-/]+(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;

/** 3 digits for short numbers; 15 is the most that ITU E.164 allows, and 6 an extension. */
const PHONE_DIGITS = { least: 3, most: 21 };

/** The name of the constraint is the error code that the client gets. */
function rule(code: UserErrorCode, message: string, holds: (text: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name: code,
    validator: {
      validate: (value: unknown) => isBlank(value) || holds(String(value)),
      defaultMessage: () => message,
    },
  });
}

/** Any text but a blank one. */
export function IsGiven(label: string): PropertyDecorator {
  return ValidateBy({
    name: 'REQUIRED' satisfies UserErrorCode,
    validator: {
      validate: (value: unknown) => !isBlank(value),
      defaultMessage: () => `${label} is required.`,
    },
  });
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

function visible(label: string, invisible = INVISIBLE): PropertyDecorator {
  return rule(
    'INVALID_CHARACTERS',
    `${label} must not contain control or invisible characters.`,
    (text) => !invisible.test(text),
  );
}

/** For what is neither text nor required: it may be absent, but not null. */
export function IsNotNull(label: string): PropertyDecorator {
  return ValidateBy({
    name: 'REQUIRED' satisfies UserErrorCode,
    validator: {
      validate: (value: unknown) => value !== null,
      defaultMessage: () => `${label} must not be null.`,
    },
  });
}

/** Absent means "leave as it is"; null does not. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_input, value) => value !== undefined);
}

export function IsPersonName(label: string): PropertyDecorator {
  return all(
    IsGiven(label),
    visible(label),
    rule(
      'TOO_LONG',
      `${label} must have at most ${MAXIMUM_NAME} characters.`,
      (text) => tidyName(text).length <= MAXIMUM_NAME,
    ),
  );
}

export function IsUsername(label: string): PropertyDecorator {
  const fits = (text: string) =>
    Math.max(tidyUsername(text).length, uniqueKey(text).length) <= MAXIMUM_USERNAME;
  return all(
    IsGiven(label),
    visible(label, INVISIBLE_IN_USERNAMES),
    rule('TOO_LONG', `${label} must have at most ${MAXIMUM_USERNAME} characters.`, fits),
    rule(
      'INVALID_EMAIL',
      `${label} must be a valid email address.`,
      (text) => INVISIBLE_IN_USERNAMES.test(text) || !fits(text) || isEmail(tidyUsername(text)),
    ),
  );
}

export function IsPhone(label: string): PropertyDecorator {
  const fits = (text: string) => tidyPhone(text).length <= MAXIMUM_PHONE;
  const digits = (text: string) => text.replace(/\D/g, '').length;
  const isPhone = (text: string) =>
    PHONE.test(text) && digits(text) >= PHONE_DIGITS.least && digits(text) <= PHONE_DIGITS.most;
  return all(
    IsGiven(label),
    rule('TOO_LONG', `${label} must have at most ${MAXIMUM_PHONE} characters.`, fits),
    rule(
      'INVALID_PHONE',
      `${label} must be a phone number such as +1 202 555 0143.`,
      (text) => !fits(text) || isPhone(tidyPhone(text)),
    ),
  );
}
