import type { EntityManager } from 'typeorm';
import { select } from '../database/sql';
import type { RequestContext } from '../request/request-context';
import { knownAddressCondition, knownAddressParameters } from '../sessions/known-address';
import { usernameKey } from '../users/user-columns';
import { FROM_USERS, SELECT_USERS, toUserViews, type UserRow, type UserView } from '../users/user-view';

/** A user with the password hash, the sign-in generation and how many sessions nobody has ended. */
export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
  readonly signInGeneration: number;
  /** Those that have expired count, too. */
  readonly unendedSessions: number;
}

type AccountRow = UserRow & { password_hash: string; sign_in_generation: number; unended_sessions: number };

const SELECT_ACCOUNTS = `${SELECT_USERS}, c.password_hash, u.sign_in_generation,
  (SELECT COUNT(*) FROM session unended WHERE unended.user_id = u.id AND unended.ended_at IS NULL) AS unended_sessions`;
const FROM_ACCOUNTS = `${FROM_USERS} JOIN user_credential c ON c.user_id = u.id`;

/** An account that someone wants to sign in to. */
export interface ClaimedAccount extends Account {
  /** Whether its user has signed in before from where the request comes from. */
  readonly isKnownAddress: boolean;
}

/** In one statement, because it is what every sign-in begins with. */
export async function findClaimedAccount(
  context: RequestContext,
  username: string,
): Promise<ClaimedAccount | null> {
  const rows = await select<AccountRow & { is_known_address: number }>(
    context.database.reader,
    `${SELECT_ACCOUNTS}, ${knownAddressCondition('u.id')} AS is_known_address
     ${FROM_ACCOUNTS} WHERE u.username_key = ?`,
    [...knownAddressParameters(context), usernameKey(username)],
  );
  const account = toAccount(rows);
  return account && { ...account, isKnownAddress: rows[0]?.is_known_address === 1 };
}

export async function findAccountById(reader: EntityManager, userId: number): Promise<Account | null> {
  const sql = `${SELECT_ACCOUNTS} ${FROM_ACCOUNTS} WHERE u.id = ?`;
  return toAccount(await select<AccountRow>(reader, sql, [userId]));
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

function toAccount(rows: readonly AccountRow[]): Account | null {
  const [row] = rows;
  const [user] = toUserViews(rows);
  if (!row || !user) return null;
  return {
    user,
    passwordHash: row.password_hash,
    signInGeneration: row.sign_in_generation,
    unendedSessions: row.unended_sessions,
  };
}
