import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { violatesUnique } from '../database/driver-error';
import { select, type SqlValue } from '../database/sql';
import { conflictError, throwIfAny, type UserError } from '../errors';
import { globalId } from '../global-id/global-id';
import { normalizeExternalId } from './external-id';
import { usernameKey } from './user-columns';

/** What no two users may have in common; absent or null: nothing to compare. */
export interface Identifiers {
  readonly username?: string | null;
  readonly externalId?: string | null;
}

type Identifier = keyof Identifiers;

interface Holder {
  readonly id: number;
  readonly organization_id: number;
}

/** How a holder is found, and which unique index, or column of SQLite, makes certain that there is one at most. */
interface Uniqueness {
  readonly code: 'USERNAME_TAKEN' | 'EXTERNAL_ID_TAKEN';
  readonly index: string;
  readonly column: string;
  readonly where: string;
  readonly parameters: (value: string, organizationId: number) => readonly SqlValue[];
}

const UNIQUENESS: Record<Identifier, Uniqueness> = {
  username: {
    code: 'USERNAME_TAKEN',
    index: 'uq_user_username',
    column: 'user.username_key',
    where: 'username_key = ?',
    parameters: (username) => [usernameKey(username)],
  },
  externalId: {
    code: 'EXTERNAL_ID_TAKEN',
    index: 'uq_user_external_id',
    column: 'user.external_id',
    where: 'organization_id = ? AND external_id = ?',
    parameters: (externalId, organizationId) => [organizationId, normalizeExternalId(externalId)],
  },
};

const IDENTIFIERS = Object.keys(UNIQUENESS) as Identifier[];

/** Who writes the user: the viewer, who may be told whom they collide with, or the operator. */
export type Writer = Pick<Viewer, 'organizationId'> & Partial<Viewer>;

/** Finds what is taken, to report it together with other errors. Only the unique indexes are certain. */
export async function takenErrors(
  tx: EntityManager,
  writer: Writer,
  identifiers: Identifiers,
  exceptUserId: number | null = null,
): Promise<UserError[]> {
  const errors: UserError[] = [];
  for (const identifier of IDENTIFIERS) {
    const holder = await findHolder(tx, writer, identifier, identifiers);
    if (holder && holder.id !== exceptUserId) errors.push(takenError(writer, identifier, holder));
  }
  return errors;
}

/**
 * Turns a violation of these unique indexes into a user error.
 * @throws UserErrors USERNAME_TAKEN, EXTERNAL_ID_TAKEN
 */
export async function reportTaken<T>(
  tx: EntityManager,
  writer: Writer,
  identifiers: Identifiers,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const taken = IDENTIFIERS.find((one) =>
      violatesUnique(error, UNIQUENESS[one].index, UNIQUENESS[one].column),
    );
    // What this transaction sees may be older than the row that it has just collided with.
    const state = 'as it is now';
    if (taken)
      throwIfAny([takenError(writer, taken, await findHolder(tx, writer, taken, identifiers, state))]);
    throw error;
  }
}

async function findHolder(
  tx: EntityManager,
  { organizationId }: Writer,
  identifier: Identifier,
  identifiers: Identifiers,
  state: 'as the transaction sees it' | 'as it is now' = 'as the transaction sees it',
): Promise<Holder | null> {
  const value = identifiers[identifier];
  if (typeof value !== 'string') return null;
  const { where, parameters } = UNIQUENESS[identifier];
  const isSqlite = tx.dataSource.options.type === 'better-sqlite3';
  const lock = state === 'as it is now' && !isSqlite ? ' LOCK IN SHARE MODE' : '';
  const [holder] = await select<Holder>(
    tx,
    `SELECT id, organization_id FROM user WHERE ${where}${lock}`,
    parameters(value, organizationId),
  );
  return holder ?? null;
}

/** Names the holder to whoever could find them in the list of users, and to nobody else. */
function takenError(writer: Writer, identifier: Identifier, holder: Holder | null): UserError {
  const isShown =
    holder?.organization_id === writer.organizationId && writer.permissions?.has('view_users') === true;
  const conflictingId = isShown ? globalId('User', holder.id) : undefined;
  return conflictError(UNIQUENESS[identifier].code, ['input', identifier], conflictingId);
}
