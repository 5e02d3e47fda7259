import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { insertRow } from '../database/insert-row';
import { identityColumns, type Identity } from '../users/user-columns';
import { UserCredential } from '../passwords/user-credential.entity';
import { User } from '../users/user.entity';
import { reportTaken, type Writer } from '../users/taken-identifiers';

/** Leaves room to count up in the column. */
const MAXIMUM_FIRST_GENERATION = 2 ** 30;

export interface NewUser extends Identity {
  readonly organizationId: number;
  readonly roleId: number;
  readonly externalId?: string | null;
  readonly passwordHash: string;
  readonly forcePasswordReset: boolean;
  readonly forceMfa: boolean;
  readonly now: Date;
}

/**
 * Writes an enabled user with their credential.
 * @param writer is told whom the new user collides with, if they may see that user
 * @throws UserErrors USERNAME_TAKEN, EXTERNAL_ID_TAKEN
 */
export async function insertUser(tx: EntityManager, user: NewUser, writer: Writer = user): Promise<number> {
  const { organizationId, roleId, externalId = null, forcePasswordReset, forceMfa, now } = user;
  const userId = await reportTaken(tx, writer, user, () =>
    insertRow(tx, User, {
      organizationId,
      roleId,
      ...identityColumns(user),
      externalId,
      enabled: true,
      mfaEnabled: false,
      forceMfa,
      forcePasswordReset,
      lastSignInAt: null,
      // At random, so that no token for a user who is lost with a restored backup passes for one of the next user with their id.
      signInGeneration: randomInt(MAXIMUM_FIRST_GENERATION),
      createdAt: now,
      updatedAt: now,
      version: 1,
    }),
  );
  await tx.insert(UserCredential, { userId, passwordHash: user.passwordHash, changedAt: now });
  return userId;
}
