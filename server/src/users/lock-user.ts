import type { EntityManager } from 'typeorm';
import { User } from './user.entity';

/**
 * Locks the row of a user until the transaction ends, by an update that changes nothing. Unlike
 * SELECT … FOR UPDATE it works on every engine, and conflicts with writes on other nodes of a cluster.
 */
export async function lockUser(tx: EntityManager, userId: number): Promise<void> {
  await tx.update(User, { id: userId }, { version: () => 'version' });
}
