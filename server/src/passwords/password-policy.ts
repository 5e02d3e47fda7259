import type { PasswordPolicy } from '../config/config';
import { searchKey } from '../validation/normalize';
import { UserError, type UserErrorCode } from '../errors';
import { isCommonPassword } from './common-passwords';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
}

/** Far above what anybody types; argon2 takes any length, a request does not. */
const MAXIMUM_LENGTH = 1000;

/** Shorter names are part of too many words. */
const SHORTEST_NAME = 4;

/**
 * Every rule that a new password breaks: the one place for all who set one. Any Unicode is welcome,
 * and nothing is cut off. ASVS 6.2.
 */
export function newPasswordErrors(
  policy: PasswordPolicy,
  password: unknown,
  owner: PasswordOwner,
  field: readonly string[],
): UserError[] {
  if (typeof password !== 'string' || password.trim() === '') {
    return [new UserError('REQUIRED', field, 'Password is required.')];
  }
  const { minimumLength, refusesCommon, refusesOwnName } = policy;
  const broken: readonly (readonly [isBroken: boolean, code: UserErrorCode, must: string])[] = [
    [[...password].length < minimumLength, 'PASSWORD_TOO_SHORT', `have at least ${minimumLength} characters`],
    [password.length > MAXIMUM_LENGTH, 'TOO_LONG', `have at most ${MAXIMUM_LENGTH} characters`],
    [!/\p{Ll}/u.test(password), 'PASSWORD_NEEDS_LOWERCASE', 'include a lowercase letter'],
    [!/\p{Lu}/u.test(password), 'PASSWORD_NEEDS_UPPERCASE', 'include an uppercase letter'],
    [
      refusesCommon && isCommonPassword(password),
      'PASSWORD_TOO_COMMON',
      'not be one of the passwords that are guessed first',
    ],
    [
      refusesOwnName && containsName(password, owner),
      'PASSWORD_CONTAINS_NAME',
      'not contain the name or the email of its user',
    ],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, code, must]) => new UserError(code, field, `Password must ${must}.`));
}

/** Neither case, accents nor what stands between the letters hides a name. */
function containsName(password: string, { firstName, lastName, username }: PasswordOwner): boolean {
  const mailbox = username.replace(/@.*$/s, '');
  const names = [firstName, lastName, firstName + lastName, lastName + firstName, mailbox].map(bareLetters);
  const bare = bareLetters(password);
  return names.some((name) => [...name].length >= SHORTEST_NAME && bare.includes(name));
}

function bareLetters(text: string): string {
  return searchKey(text).replace(/[^\p{L}\p{N}]/gu, '');
}
