/**
 * Full case folding for comparison: upper before lower also folds ß with SS and both Greek sigmas.
 * Unicode 3.13 (default caseless matching), approximated with what ECMAScript offers.
 */
function caseFold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** The identity of a username over the whole service: é and e are different mailboxes. */
export function uniqueKey(text: string): string {
  return caseFold(text.trim());
}

/** A name as it is stored: composed Unicode, without white space around it. */
export function normalizeName(name: string): string {
  return name.normalize('NFC').trim();
}

/** For sorting and searching: case and accents do not count, runs of white space are one. */
export function searchKey(text: string): string {
  const withoutAccents = caseFold(text).normalize('NFKD').replace(/\p{M}/gu, '');
  return withoutAccents.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** Phones sort by their digits, however they are grouped; an international prefix comes first. */
export function phoneKey(phone: string | null): string {
  return (phone ?? '').normalize('NFKC').replace(/[^+\d]/g, '');
}

/** A key at the length of its column; never ends in half a surrogate pair. */
export function cutKey(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
