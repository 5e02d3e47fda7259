import { openDatabase } from '../server/src/database/database';
import { transaction } from '../server/src/database/transaction';
import { entities } from '../server/src/entities';
import { createOrganization } from '../server/src/organization-management/create-organization';
import { insertUser } from '../server/src/user-management/insert-user';
import { hashPasswordNow } from '../server/src/passwords/password';
import { User } from '../server/src/users/user.entity';
import type { BenchDatabase } from './databases';

export const PASSWORD = 'Bench-2026';

export type Kind = 'known' | 'locked' | 'disabled' | 'invited';

export function usernameOf(kind: Kind | 'unknown', number: number): string {
  return `${kind}${number}@bench.test`;
}

/** An organization with so many users of each kind, all with one password. */
export async function seedAccounts(
  { location }: BenchDatabase,
  counts: Readonly<Record<Kind, number>>,
): Promise<void> {
  const database = await openDatabase(location, entities);
  const passwordHash = await hashPasswordNow(PASSWORD);
  const now = new Date();
  await transaction(database, async (tx) => {
    const { id: organizationId, roleIds } = await createOrganization(tx, {
      name: 'Bench',
      features: [],
      now,
    });
    const shared = { organizationId, roleId: roleIds.Agent, passwordHash, now };
    for (const kind of Object.keys(counts) as Kind[]) {
      for (let number = 0; number < counts[kind]; number += 1) {
        const id = await insertUser(tx, {
          ...shared,
          firstName: 'Bench',
          lastName: `${kind} ${number}`,
          username: usernameOf(kind, number),
          phone: '+1 202 555 0100',
          forcePasswordReset: false,
          forceMfa: false,
        });
        if (kind === 'disabled') await tx.update(User, { id }, { enabled: false });
      }
    }
  });
  await database.close();
}

/** Makes every block that is in force last for this run. */
export async function prolongBlocks({ location }: BenchDatabase): Promise<void> {
  const database = await openDatabase(location, entities);
  const until = new Date(Date.now() + 3_600_000);
  await transaction(database, (tx) =>
    tx
      .createQueryBuilder()
      .update('SignInThrottle')
      .set({ blockedUntil: until })
      .where('blockedUntil IS NOT NULL')
      .execute(),
  );
  await database.close();
}
