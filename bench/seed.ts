import type { DatabaseLocation } from '../server/src/config/database-url';
import { openDatabase } from '../server/src/database/database';
import { transaction } from '../server/src/database/transaction';
import { entities } from '../server/src/entities';
import { createOrganization } from '../server/src/organization-management/create-organization';
import { insertUser } from '../server/src/user-management/insert-user';
import { hashPasswordNow } from '../server/src/passwords/password';
import { identityColumns } from '../server/src/users/user-columns';
import { User } from '../server/src/users/user.entity';

export const ADMINISTRATOR = { username: 'admin@bench.test', password: 'Bench-2026' };

const FIRST_NAMES = [
  'Ada',
  'Grace',
  'Alan',
  'Barbara',
  'Edsger',
  'Éva',
  'Donald',
  'Frances',
  'Tony',
  'Radia',
];
const LAST_NAMES = [
  'Lovelace',
  'Hopper',
  'Turing',
  'Liskov',
  'Dijkstra',
  'Tardos',
  'Knuth',
  'Allen',
  'Hoare',
];
const CHUNK = 500;

/** An organization of so many users, every one different, the same at each run. */
export async function seed(location: DatabaseLocation, users: number): Promise<void> {
  const database = await openDatabase(location, entities);
  const passwordHash = await hashPasswordNow(ADMINISTRATOR.password);
  const now = new Date();
  await transaction(database, async (tx) => {
    const organization = await createOrganization(tx, { name: 'Bench', features: [], now });
    const roleIds = Object.values(organization.roleIds);
    const shared = { organizationId: organization.id, forcePasswordReset: false, forceMfa: false };
    await insertUser(tx, {
      ...shared,
      roleId: organization.roleIds.Administrator,
      firstName: 'Bench',
      lastName: 'Administrator',
      username: ADMINISTRATOR.username,
      phone: '+1 202 555 0100',
      passwordHash,
      now,
    });
    for (let start = 1; start < users; start += CHUNK) {
      const size = Math.min(CHUNK, users - start);
      const rows = Array.from({ length: size }, (_, offset) => ({
        ...shared,
        ...identityOf(start + offset),
        roleId: roleIds[(start + offset) % roleIds.length]!,
        enabled: true,
        mfaEnabled: false,
        lastSignInAt: null,
        createdAt: now,
        updatedAt: now,
        version: 1,
      }));
      await tx.insert(User, rows);
    }
  });
  await database.close();
}

function identityOf(number: number) {
  return identityColumns({
    firstName: FIRST_NAMES[number % FIRST_NAMES.length]!,
    lastName: `${LAST_NAMES[number % LAST_NAMES.length]} ${number}`,
    username: `user${number}@bench.test`,
    phone: `+1 202 555 ${String(number).padStart(5, '0')}`,
  });
}
