import { domainToASCII } from 'node:url';
import { trimInvisible } from '../validation/invisible';
import { cutKey, phoneKey, searchKey, normalizeName, uniqueKey } from '../validation/normalize';
import { canonicalPhone } from './phone';
import type { User } from './user.entity';

export interface Identity {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly phone: string | null;
}

type IdentityColumns = Pick<
  User,
  | 'firstName'
  | 'firstNameKey'
  | 'lastName'
  | 'lastNameKey'
  | 'username'
  | 'usernameKey'
  | 'usernameSortKey'
  | 'phone'
  | 'phoneKey'
  | 'searchText'
>;

/** Separates the name from the username in the searched text. No search term contains it. */
const SEPARATOR = '\n';

/** As it is stored: NFKC, which turns full-width characters into plain ones. */
export function normalizeUsername(username: string): string {
  return trimInvisible(username.normalize('NFKC'));
}

/**
 * By which a username is unique and found. The domain is in its ASCII form (UTS 46), in which one domain has one
 * spelling, so that one mailbox is one user.
 */
export function usernameKey(username: string): string {
  const normal = normalizeUsername(username);
  const at = normal.lastIndexOf('@') + 1;
  const domain = domainToASCII(normal.slice(at));
  return domain === '' ? uniqueKey(normal) : uniqueKey(normal.slice(0, at)) + domain;
}

/** As it is stored: in its canonical form, or as it is when it is no number, which is refused elsewhere. */
export function normalizePhone(phone: string, country: string | null): string {
  return canonicalPhone(phone, country) ?? phone.normalize('NFKC').trim();
}

/** @param phoneCountry of the organization */
export function normalizeIdentity(
  { firstName, lastName, username, phone }: Identity,
  phoneCountry: string | null,
): Identity {
  return {
    firstName: normalizeName(firstName),
    lastName: normalizeName(lastName),
    username: normalizeUsername(username),
    phone: phone === null ? null : normalizePhone(phone, phoneCountry),
  };
}

/** All columns that are computed from a user's name, username and phone, so that they always agree. */
export function identityColumns({ firstName, lastName, username, phone }: Identity): IdentityColumns {
  const firstNameKey = cutKey(searchKey(firstName), 191);
  const lastNameKey = cutKey(searchKey(lastName), 191);
  const usernameSortKey = cutKey(searchKey(username), 254);
  return {
    firstName,
    firstNameKey,
    lastName,
    lastNameKey,
    username,
    usernameKey: usernameKey(username),
    usernameSortKey,
    phone,
    phoneKey: phoneKey(phone),
    searchText: `${firstNameKey} ${lastNameKey}${SEPARATOR}${usernameSortKey}`,
  };
}
