import type { EntityManager } from 'typeorm';
import { uniqueKey } from '../validation/normalize';
import { violatesUnique } from '../database/driver-error';
import { failure, userError, type UserError } from '../errors';
import { normalizeUsername } from './user-columns';
import { User } from './user.entity';

const FIELD = ['input', 'username'];

/** Tells a taken username together with the other problems of an input; the unique index decides. */
export async function takenUsernameErrors(
  tx: EntityManager,
  username: string,
  exceptUserId: number | null = null,
): Promise<UserError[]> {
  const holder = await tx.findOne(User, {
    select: { id: true },
    where: { usernameKey: uniqueKey(normalizeUsername(username)) },
  });
  return holder && holder.id !== exceptUserId ? [userError('USERNAME_TAKEN', FIELD)] : [];
}

/** @throws UserErrors USERNAME_TAKEN when another transaction took the name in the meantime */
export async function withUsernameTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violatesUnique(error, 'uq_user_username', 'user.username_key')) {
      throw failure('USERNAME_TAKEN', FIELD);
    }
    throw error;
  }
}
