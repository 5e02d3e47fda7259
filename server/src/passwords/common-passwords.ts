import { dictionary } from '@zxcvbn-ts/language-common';
import { searchKey } from '../validation/normalize';

let commonPasswords: ReadonlySet<string> | null = null;

/**
 * Whether this is one of the 49,000 passwords seen most often in breaches, however it is capitalized.
 * ASVS 6.2.4.
 */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common']);
  return commonPasswords.has(searchKey(password));
}
