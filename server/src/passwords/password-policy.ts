import type { PasswordPolicy } from '../config/config';
import { searchKey } from '../validation/normalize';
import { userError, type UserError } from '../errors';
import { isCommonPassword } from './common-passwords';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
}

/** Far above what people type; limits the work that one password can cause. */
const MAXIMUM_LENGTH = 1000;

/** What inputs say about a new password. */
export const NEW_PASSWORD =
  'Must keep to passwordPolicy, and have a lowercase and an uppercase letter; ' +
  `at most ${MAXIMUM_LENGTH} characters.`;

const LABEL = 'Password';

/** Shorter names are part of too many words. */
const SHORTEST_NAME = 4;

/**
 * The errors of a new password, wherever one is set. Any Unicode is allowed, and nothing is truncated.
 * ASVS 6.2.
 */
export function newPasswordErrors(
  policy: PasswordPolicy,
  password: unknown,
  owner: PasswordOwner,
  field: readonly string[],
): UserError[] {
  if (typeof password !== 'string' || password.trim() === '') {
    return [userError('REQUIRED', field, { label: LABEL })];
  }
  const { minimumLength, refusesCommon, refusesOwnName } = policy;
  const isTooShort = [...password].length < minimumLength;
  const isTooLong = password.length > MAXIMUM_LENGTH;
  const isCommon = refusesCommon && isCommonPassword(password);
  const hasOwnName = refusesOwnName && containsName(password, owner);
  return [
    ...(isTooShort ? [userError('PASSWORD_TOO_SHORT', field, { minimum: minimumLength })] : []),
    ...(isTooLong ? [userError('TOO_LONG', field, { label: LABEL, maximum: MAXIMUM_LENGTH })] : []),
    ...(/\p{Ll}/u.test(password) ? [] : [userError('PASSWORD_NEEDS_LOWERCASE', field)]),
    ...(/\p{Lu}/u.test(password) ? [] : [userError('PASSWORD_NEEDS_UPPERCASE', field)]),
    ...(isCommon ? [userError('PASSWORD_TOO_COMMON', field)] : []),
    ...(hasOwnName ? [userError('PASSWORD_CONTAINS_NAME', field)] : []),
  ];
}

/** Ignores case, accents and everything but letters and digits. */
function containsName(password: string, { firstName, lastName, username }: PasswordOwner): boolean {
  const [mailbox = ''] = username.split('@');
  const names = [firstName, lastName, firstName + lastName, lastName + firstName, mailbox].map(bareLetters);
  const bare = bareLetters(password);
  return names.some((name) => [...name].length >= SHORTEST_NAME && bare.includes(name));
}

function bareLetters(text: string): string {
  return searchKey(text).replace(/[^\p{L}\p{N}]/gu, '');
}
