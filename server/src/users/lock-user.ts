import type { EntityManager } from 'typeorm';
import { User } from './user.entity';

/**
 * Locks the row of a user until the transaction ends, by an update that changes nothing: unlike
 * SELECT … FOR UPDATE it does so on every engine, and collides with another node's writes on a cluster.
 */
export async function lockUser(tx: EntityManager, userId: number): Promise<void> {
  await tx.update(User, { id: userId }, { version: () => 'version' });
}
