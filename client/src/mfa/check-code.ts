/** What is wrong with a code from an authenticator app, or false. */
export function checkCode(code: string): string | false {
  return !/^\d{6}$/.test(code) && 'Enter the six digits of the code.';
}
