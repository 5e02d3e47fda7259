import type { EntityManager } from 'typeorm';
import { uniqueKey } from '../database/fold';
import { select, toDate } from '../database/sql';
import { tidyUsername } from '../users/user-columns';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-row';

/** A user together with what he signs in with. */
export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
  readonly passwordChangedAt: Date;
}

type AccountRow = UserRow & { password_hash: string; password_changed_at: Date | string };

export function findAccountByUsername(reader: EntityManager, username: string): Promise<Account | null> {
  return findAccount(reader, 'u.username_key = ?', uniqueKey(tidyUsername(username)));
}

export function findAccountById(reader: EntityManager, userId: number): Promise<Account | null> {
  return findAccount(reader, 'u.id = ?', userId);
}

/** What a sign-in has shown: the password that was in force then. */
export interface PasswordProof {
  readonly userId: number;
  /** Milliseconds since 1970. */
  readonly passwordChangedAt: number;
}

/** The account, unless it has been disabled or its password changed since it was shown. */
export async function findProvenAccount(
  reader: EntityManager,
  { userId, passwordChangedAt }: PasswordProof,
): Promise<Account | null> {
  const account = await findAccountById(reader, userId);
  const stands = account?.user.enabled && account.passwordChangedAt.getTime() === passwordChangedAt;
  return stands ? account : null;
}

async function findAccount(
  reader: EntityManager,
  condition: string,
  parameter: string | number,
): Promise<Account | null> {
  const rows = await select<AccountRow>(
    reader,
    `${SELECT_USERS}, c.password_hash, c.changed_at AS password_changed_at
     ${FROM_USERS} JOIN user_credential c ON c.user_id = u.id WHERE ${condition}`,
    [parameter],
  );
  const [row] = rows;
  const [user] = toUserViews(rows);
  if (!row || !user) return null;
  return { user, passwordHash: row.password_hash, passwordChangedAt: toDate(row.password_changed_at) };
}
