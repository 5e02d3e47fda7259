import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Digits in the usual groupings, with an optional prefix and extension. */
const LOCAL = /^[\d ().\-/]+(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;

/** At least 3 for short numbers; at most 15 by ITU E.164, and 6 for an extension. */
const LOCAL_DIGITS = { least: 3, most: 21 };

/**
 * A phone number in the one form that is stored and shown: a number with a + in the international format of its
 * country (ITU E.123), with its extension; a local one as it was grouped. Direction marks that were pasted along are
 * dropped, and other dashes and digits of other scripts are understood.
 * @returns null for what no country has as a number; otherwise at most about 40 characters
 */
export function canonicalPhone(text: string): string | null {
  const plain = plainCharacters(text);
  if (!plain.includes('+')) return isLocal(plain) ? plain : null;
  const number = parsePhoneNumberFromString(plain.replace(/[()]/g, ''), { extract: false });
  return number?.isPossible() ? number.formatInternational() : null;
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
