import type { EntityManager } from 'typeorm';
import { violatesUnique } from '../database/driver-error';
import { failure, userError, type UserError } from '../errors';
import { usernameKey } from './user-columns';
import { User } from './user.entity';

const FIELD = ['input', 'username'];

/** Finds a taken username, to report it together with other errors. Only the unique index is certain. */
export async function takenUsernameErrors(
  tx: EntityManager,
  username: string,
  exceptUserId: number | null = null,
): Promise<UserError[]> {
  const holder = await tx.findOne(User, {
    select: { id: true },
    where: { usernameKey: usernameKey(username) },
  });
  return holder && holder.id !== exceptUserId ? [userError('USERNAME_TAKEN', FIELD)] : [];
}

/**
 * Turns a violation of the unique index of usernames into a user error.
 * @throws UserErrors USERNAME_TAKEN
 */
export async function reportTakenUsername<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violatesUnique(error, 'uq_user_username', 'user.username_key')) {
      throw failure('USERNAME_TAKEN', FIELD);
    }
    throw error;
  }
}
