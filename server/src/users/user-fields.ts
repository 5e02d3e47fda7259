import { isEmail } from 'class-validator';
import { uniqueKey } from '../validation/normalize';
import { all, INVISIBLE, IsGiven, IsName, rule, visible } from '../validation/input-rules';
import { normalizePhone, normalizeUsername } from './user-columns';

const MAXIMUM_NAME = 100;
const MAXIMUM_USERNAME = 254;
const MAXIMUM_PHONE = 40;

/**
 * In usernames also variation selectors and fillers, so that no two usernames look the same. Names of
 * people may have them, for example for variants of Japanese characters.
 */
const INVISIBLE_IN_USERNAMES = new RegExp(`${INVISIBLE.source}|\\p{Default_Ignorable_Code_Point}`, 'u');

/** Digits in the usual groupings, with an optional prefix and extension. */
const PHONE = /^\+?[\d ().\-/]+(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;

/** At least 3 for short numbers; at most 15 by ITU E.164, and 6 for an extension. */
const PHONE_DIGITS = { least: 3, most: 21 };

/** What inputs say about the name of a person. */
export const PERSON_NAME = `At most ${MAXIMUM_NAME} characters; invisible ones are refused.`;

/** What inputs say about a username. */
export const USERNAME =
  `A valid email address, at most ${MAXIMUM_USERNAME} characters; unique over the whole service. ` +
  'Case does not count.';

/** What inputs say about a phone number. */
export const PHONE_NUMBER =
  `${PHONE_DIGITS.least} to ${PHONE_DIGITS.most} digits, at most ${MAXIMUM_PHONE} characters; ` +
  'a leading +, the usual separators and an extension are allowed.';

export function IsPersonName(label: string): PropertyDecorator {
  return IsName(label, MAXIMUM_NAME);
}

export function IsUsername(label: string): PropertyDecorator {
  const fits = (text: string) =>
    Math.max(normalizeUsername(text).length, uniqueKey(text).length) <= MAXIMUM_USERNAME;
  return all(
    IsGiven(label),
    visible(label, INVISIBLE_IN_USERNAMES),
    rule('TOO_LONG', fits, { label, maximum: MAXIMUM_USERNAME }),
    rule(
      'INVALID_EMAIL',
      (text) => INVISIBLE_IN_USERNAMES.test(text) || !fits(text) || isEmail(normalizeUsername(text)),
      { label },
    ),
  );
}

export function IsPhone(label: string): PropertyDecorator {
  const fits = (text: string) => normalizePhone(text).length <= MAXIMUM_PHONE;
  const digits = (text: string) => text.replace(/\D/g, '').length;
  const isPhone = (text: string) =>
    PHONE.test(text) && digits(text) >= PHONE_DIGITS.least && digits(text) <= PHONE_DIGITS.most;
  return all(
    IsGiven(label),
    rule('TOO_LONG', fits, { label, maximum: MAXIMUM_PHONE }),
    rule('INVALID_PHONE', (text) => !fits(text) || isPhone(normalizePhone(text)), { label }),
  );
}
