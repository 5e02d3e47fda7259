/**
 * Removes the values of the caller from a message of graphql-js, which repeats the whole input when one of
 * its fields is misspelt. The input may hold a password, and clients log messages. ASVS 16.2.5.
 */
export function redactValues(message: string): string {
  return (
    message
      .replace(/(cannot represent [^:]*): [^]*$/, '$1.')
      // Greedy, because the value may look like a path and a reason itself; the real ones come last.
      .replace(
        /^(Variable "\$\w+") got invalid value [^]* at ("[\w.[\]]+"); ([^;]*)$/,
        '$1 is invalid at $2: $3',
      )
      .replace(/^(Variable "\$\w+") got invalid value [^]*; ([^;]*)$/, '$1 is invalid: $2')
  );
}
