import type { EntityManager } from 'typeorm';
import { uniqueKey } from '../validation/normalize';
import { select } from '../database/sql';
import { normalizeUsername } from '../users/user-columns';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';

/** A user with the password hash and the sign-in generation. */
export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
  readonly signInGeneration: number;
}

type AccountRow = UserRow & { password_hash: string; sign_in_generation: number };

export function findAccountByUsername(reader: EntityManager, username: string): Promise<Account | null> {
  return findAccount(reader, 'u.username_key = ?', uniqueKey(normalizeUsername(username)));
}

export function findAccountById(reader: EntityManager, userId: number): Promise<Account | null> {
  return findAccount(reader, 'u.id = ?', userId);
}

/** States that a sign-in gave the right password, in this sign-in generation of the user. */
export interface PasswordProof {
  readonly userId: number;
  readonly signInGeneration: number;
}

/**
 * The account, or null when it has been disabled, its password changed or its sessions ended since the
 * password was given.
 */
export async function findProvenAccount(
  reader: EntityManager,
  { userId, signInGeneration }: PasswordProof,
): Promise<Account | null> {
  const account = await findAccountById(reader, userId);
  const isStillValid = account?.user.enabled && account.signInGeneration === signInGeneration;
  return isStillValid ? account : null;
}

async function findAccount(
  reader: EntityManager,
  condition: string,
  parameter: string | number,
): Promise<Account | null> {
  const rows = await select<AccountRow>(
    reader,
    `${SELECT_USERS}, c.password_hash, u.sign_in_generation
     ${FROM_USERS} JOIN user_credential c ON c.user_id = u.id WHERE ${condition}`,
    [parameter],
  );
  const [row] = rows;
  const [user] = toUserViews(rows);
  if (!row || !user) return null;
  return { user, passwordHash: row.password_hash, signInGeneration: row.sign_in_generation };
}
