/** Controls, bidirectional marks, zero-width characters, lone surrogates, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The scripts in which a zero-width joiner or non-joiner between letters is spelling (Unicode 15, 9 and 12). */
const JOINED_SCRIPTS = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Nko', 'Mandaic', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati'],
  ...['Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');

/** Letters and vowel marks of these scripts with a joiner between them, or pictures that are joined to one emoji. */
const JOINED = new RegExp(
  `(?<=[${JOINED_SCRIPTS}])[\u200C\u200D](?=[${JOINED_SCRIPTS}])` +
    '|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\u200D(?=\\p{Extended_Pictographic})',
  'gu',
);

const AT_THE_ENDS =
  /^[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+|(?<![\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}])[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/gu;

/** Without white space and invisible characters at the ends, which get there when text is pasted. */
export function trimInvisible(text: string): string {
  return text.replace(AT_THE_ENDS, '');
}

/**
 * What stands before the first character of a name that nobody sees, or null when there is none. Joiners are none
 * where they are spelling, as in Persian, in the scripts of India and in emoji.
 */
export function beforeInvisible(text: string): string | null {
  return beforeFirst(INVISIBLE, text.replace(JOINED, '-'));
}

/**
 * The same for usernames, where variation selectors and fillers count too and joiners are never spelling, so that no
 * two usernames look the same.
 */
export function beforeInvisibleInUsername(text: string): string | null {
  return beforeFirst(INVISIBLE_IN_USERNAMES, text);
}

const INVISIBLE_IN_USERNAMES = new RegExp(`${INVISIBLE.source}|\\p{Default_Ignorable_Code_Point}`, 'u');

function beforeFirst(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  return match && text.slice(0, match.index);
}
