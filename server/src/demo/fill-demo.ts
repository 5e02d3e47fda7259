import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { Organization } from '../organizations/organization.entity';
import { foundOrganization } from '../roles/found-organization';
import { insertUser } from '../users/insert-user';
import { hashPassword } from '../users/password';
import { User } from '../users/user.entity';
import { DEMO_ACCOUNTS, DEMO_COLLEAGUES, DEMO_PASSWORD, type DemoPerson } from './demo-people';

const DAY = 86_400_000;

/** Fills an empty database with an organization to try everything on; any other is left alone. */
export async function fillDemo(database: Database, now: Date): Promise<void> {
  if (await database.reader.exists(Organization)) return;
  const people = [...DEMO_ACCOUNTS, ...DEMO_COLLEAGUES];
  const hashes = await Promise.all(people.map(() => hashPassword(DEMO_PASSWORD)));

  await transaction(database, async (tx) => {
    const organization = await foundOrganization(tx, {
      name: 'Example Company',
      features: ['travel_rule'],
      now,
    });
    for (const [index, person] of people.entries()) {
      const id = await insertUser(tx, {
        ...person,
        organizationId: organization.id,
        roleId: organization.roleIds.get(person.role)!,
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
