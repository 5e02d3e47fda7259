/**
 * Removes the values of the caller from a message of graphql-js, which repeats the whole input when one of
 * its fields is misspelt. The input may hold a password, and clients log messages. ASVS 16.2.5.
 */
export function redactValues(message: string): string {
  return (
    cutNamedValue(message)
      // Greedy, because the value may look like a path and a reason itself; the real ones come last.
      .replace(
        /^(Variable "\$\w+") got invalid value [^]* at ("[\w.[\]]+"); ([^;]*)$/,
        '$1 is invalid at $2: $3',
      )
      .replace(/^(Variable "\$\w+") got invalid value [^]*; ([^;]*)$/, '$1 is invalid: $2')
      // A value that holds the words of a message was cut in its middle, and its beginning is left.
      .replace(/^(Variable "\$\w+") got invalid value [^]*$/, '$1 is invalid.')
  );
}

/**
 * Cuts the value that follows "… cannot represent …: ".
 * Searches the text instead of matching a pattern, which takes a time that grows with the square of the length
 * when a caller repeats these words.
 */
function cutNamedValue(message: string): string {
  const reason = message.indexOf('cannot represent ');
  const colon = reason < 0 ? -1 : message.indexOf(': ', reason);
  return colon < 0 ? message : `${message.slice(0, colon)}.`;
}
