import type { EntityManager } from 'typeorm';
import { insertRow } from '../database/insert-row';
import { identityColumns, type Identity } from '../users/user-columns';
import { UserCredential } from '../passwords/user-credential.entity';
import { User } from '../users/user.entity';
import { reportTakenUsername } from '../users/username';

export interface NewUser extends Identity {
  readonly organizationId: number;
  readonly roleId: number;
  readonly passwordHash: string;
  readonly forcePasswordReset: boolean;
  readonly forceMfa: boolean;
  readonly now: Date;
}

/**
 * Writes an enabled user with their credential.
 * @throws UserErrors USERNAME_TAKEN
 */
export async function insertUser(tx: EntityManager, user: NewUser): Promise<number> {
  const { organizationId, roleId, forcePasswordReset, forceMfa, now } = user;
  const userId = await reportTakenUsername(() =>
    insertRow(tx, User, {
      organizationId,
      roleId,
      ...identityColumns(user),
      enabled: true,
      mfaEnabled: false,
      forceMfa,
      forcePasswordReset,
      lastSignInAt: null,
      signInGeneration: 0,
      createdAt: now,
      updatedAt: now,
      version: 1,
    }),
  );
  await tx.insert(UserCredential, { userId, passwordHash: user.passwordHash, changedAt: now });
  return userId;
}
