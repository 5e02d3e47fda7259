import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** Digits in the usual groupings, with an optional prefix and extension. */
const LOCAL = /^[\d ().\-/]+(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;

/** At least 3 for short numbers; at most 15 by ITU E.164, and 6 for an extension. */
const LOCAL_DIGITS = { least: 3, most: 21 };

/**
 * A phone number in the one form that is stored and shown: a number with a + in the international format of its
 * country (ITU E.123), with its extension, and a local one as it is called from abroad. Direction marks that were
 * pasted along are dropped, and other dashes and digits of other scripts are understood.
 * @param country whose local numbers are meant; null: a local number is kept as it was grouped
 * @returns null for what the country does not have as a number; otherwise at most about 40 characters
 */
export function canonicalPhone(text: string, country: string | null): string | null {
  const plain = plainCharacters(text);
  if (!plain.includes('+') && country === null) return isLocal(plain) ? plain : null;
  const number = parsePhoneNumberFromString(plain.replace(/[()]/g, ''), {
    extract: false,
    defaultCountry: (country ?? undefined) as CountryCode | undefined,
  });
  return number?.isPossible() ? number.formatInternational() : null;
}

/** Whether a number may be one of some country; of which one decides the organization. */
export function mayBePhone(text: string): boolean {
  return canonicalPhone(text, null) !== null;
}

function isLocal(plain: string): boolean {
  const digits = plain.replace(/\D/g, '').length;
  return LOCAL.test(plain) && digits >= LOCAL_DIGITS.least && digits <= LOCAL_DIGITS.most;
}

function plainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^tel: ?/i, '');
}

/** The decimal digits of every script stand in their order, and begin at a code point after one that is no digit. */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0)!;
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value += 1;
  return String(value % 10);
}
