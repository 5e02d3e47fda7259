export const MIN_PASSWORD_LENGTH = 6;

/** The three parts of the password rule; the server has the last word. */
export function checkPassword(password: string): {
  long: boolean;
  lower: boolean;
  upper: boolean;
  valid: boolean;
} {
  const long = [...password].length >= MIN_PASSWORD_LENGTH;
  const lower = /\p{Ll}/u.test(password);
  const upper = /\p{Lu}/u.test(password);
  return { long, lower, upper, valid: long && lower && upper };
}
