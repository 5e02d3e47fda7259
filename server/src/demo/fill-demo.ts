import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { Organization } from '../organizations/organization.entity';
import { Role, roleNameColumns } from '../roles/role.entity';
import { insertUser } from '../users/insert-user';
import { hashPassword } from '../users/password';
import { User } from '../users/user.entity';
import { DEMO_ACCOUNTS, DEMO_COLLEAGUES, DEMO_PASSWORD, DEMO_ROLES, type DemoPerson } from './demo-people';

const DAY = 86_400_000;

/** Fills an empty database with an organization to try everything on; any other is left alone. */
export async function fillDemo(database: Database, now: Date): Promise<void> {
  if (await database.reader.exists(Organization)) return;
  const people = [...DEMO_ACCOUNTS, ...DEMO_COLLEAGUES];
  const hashes = await Promise.all(people.map(() => hashPassword(DEMO_PASSWORD)));

  await transaction(database, async (tx) => {
    const organizationId = await insertOrganization(tx, now);
    const roleIds = await insertRoles(tx, organizationId, now);
    for (const [index, person] of people.entries()) {
      const id = await insertUser(tx, {
        ...person,
        organizationId,
        roleId: roleIds.get(person.role)!,
        phone: `+1 202 555 ${String(100 + index).padStart(4, '0')}`,
        passwordHash: hashes[index]!,
        passwordResetRequired: false,
        mfaRequired: false,
        now: new Date(now.getTime() - (people.length - index) * DAY),
      });
      await varyUser(tx, id, index, person);
    }
  });
}

async function insertOrganization(tx: EntityManager, now: Date): Promise<number> {
  const { identifiers } = await tx.insert(Organization, {
    name: 'Example Company',
    features: ['travel_rule'],
    administrationVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
  return identifiers[0]!.id as number;
}

async function insertRoles(
  tx: EntityManager,
  organizationId: number,
  now: Date,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const { name, permissions } of DEMO_ROLES) {
    const { identifiers } = await tx.insert(Role, {
      organizationId,
      ...roleNameColumns(name),
      permissions: [...permissions],
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    ids.set(name, identifiers[0]!.id as number);
  }
  return ids;
}

/** A list in which everybody is alike shows nothing. */
async function varyUser(tx: EntityManager, id: number, index: number, person: DemoPerson): Promise<void> {
  if (DEMO_ACCOUNTS.includes(person)) return;
  await tx.update(
    User,
    { id },
    {
      enabled: index % 9 !== 0,
      mfaRequired: index % 6 === 0,
      passwordResetRequired: index % 10 === 0,
      ...(index % 7 === 0 ? { phone: null, phoneKey: '' } : {}),
    },
  );
}
