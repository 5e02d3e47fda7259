import { isEmail } from 'class-validator';
import { isSupportedCountry } from 'libphonenumber-js/min';
import { beforeInvisibleInUsername } from '../validation/invisible';
import { all, IsGiven, IsName, rule, visible } from '../validation/input-rules';
import { mayBePhone } from './phone';
import { normalizePhone, normalizeUsername, usernameKey } from './user-columns';

const MAXIMUM_NAME = 100;
const MAXIMUM_USERNAME = 254;
const MAXIMUM_PHONE = 40;

/** What inputs say about the name of a person. */
export const PERSON_NAME =
  `At most ${MAXIMUM_NAME} characters; invisible ones are dropped at the ends, and refused between others unless ` +
  'they join letters of a script or an emoji.';

/** What inputs say about a username. */
export const USERNAME =
  `A valid email address, at most ${MAXIMUM_USERNAME} characters; unique over the whole service. ` +
  'Case does not count, and a domain is the same in letters of its language and in its ASCII form.';

/** What inputs say about a phone number. */
export const PHONE_NUMBER =
  'A number with a + and the code of its country, which is kept in the international format, or a local one of ' +
  `the phoneCountry of the organization; without that any of 3 to 21 digits, kept as it is; at most ${MAXIMUM_PHONE} characters. The usual separators and an extension are allowed.`;

export function IsPersonName(label: string): PropertyDecorator {
  return IsName(label, MAXIMUM_NAME);
}

export function IsUsername(label: string): PropertyDecorator {
  const fits = (text: string) =>
    Math.max(normalizeUsername(text).length, usernameKey(text).length) <= MAXIMUM_USERNAME;
  const hasOtherFault = (text: string) =>
    beforeInvisibleInUsername(normalizeUsername(text)) !== null || !fits(text);
  return all(
    IsGiven(label),
    visible(label, beforeInvisibleInUsername),
    rule('TOO_LONG', fits, { label, maximum: MAXIMUM_USERNAME }),
    rule('INVALID_EMAIL', (text) => hasOtherFault(text) || isEmail(normalizeUsername(text)), { label }),
  );
}

export function IsPhone(label: string): PropertyDecorator {
  const fits = (text: string) => normalizePhone(text, null).length <= MAXIMUM_PHONE;
  return all(
    IsGiven(label),
    rule('TOO_LONG', fits, { label, maximum: MAXIMUM_PHONE }),
    rule('INVALID_PHONE', (text) => !fits(text) || mayBePhone(text), { label }),
  );
}

/** The code of a country in two capital letters (ISO 3166-1), whose phone numbers are known. */
export function IsPhoneCountry(label: string): PropertyDecorator {
  return all(IsGiven(label), rule('INVALID_COUNTRY', isSupportedCountry, { label }));
}
