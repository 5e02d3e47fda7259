/**
 * Takes the caller's values out of a message of graphql-js, which repeats a whole input over one
 * misspelt field of it: it may hold a password, and messages end up in the logs of clients. ASVS 16.2.5.
 */
export function hideValues(message: string): string {
  return (
    message
      .replace(/(cannot represent [^:]*): [^]*$/, '$1.')
      // Greedy: whatever the value holds, path and reason are what comes last.
      .replace(
        /^(Variable "\$\w+") got invalid value [^]* at ("[\w.[\]]+"); ([^;]*)$/,
        '$1 is invalid at $2: $3',
      )
      .replace(/^(Variable "\$\w+") got invalid value [^]*; ([^;]*)$/, '$1 is invalid: $2')
  );
}
