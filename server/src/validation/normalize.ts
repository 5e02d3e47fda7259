import { trimInvisible } from './invisible';

/**
 * Makes texts equal that differ only in case. Upper before lower case, which also makes ß equal to SS and
 * both Greek sigmas equal. Approximates Unicode 3.13 (default caseless matching) with ECMAScript.
 */
function ignoreCase(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** The key by which usernames are unique. Accents count, because é and e are different mailboxes. */
export function uniqueKey(text: string): string {
  return ignoreCase(trimInvisible(text));
}

/** A name as it is stored: composed Unicode, without white space and invisible characters around it. */
export function normalizeName(name: string): string {
  return trimInvisible(name.normalize('NFC'));
}

/** For sorting and searching: case, accents and joiners do not count, runs of white space are one. */
export function searchKey(text: string): string {
  const withoutAccents = ignoreCase(text.replace(/\p{Cf}/gu, ''))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return withoutAccents.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** For sorting phones by their digits, however they are grouped; an international prefix comes first. */
export function phoneKey(phone: string | null): string {
  return (phone ?? '').normalize('NFKC').replace(/[^+\d]/g, '');
}

/** Truncates a key to the length of its column, never within a surrogate pair. */
export function cutKey(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
