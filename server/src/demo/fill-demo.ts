import type { EntityManager } from 'typeorm';
import type { SecretKeys } from '../crypto/secret-keys';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { Organization } from '../organizations/organization.entity';
import { createOrganization } from '../organization-management/create-organization';
import { insertUser } from '../user-management/insert-user';
import { hashPasswordNow } from '../passwords/password';
import { beginMfaSetup } from '../mfa/totp-setup';
import { UserTotp } from '../mfa/user-totp.entity';
import { User } from '../users/user.entity';
import { DEMO_ACCOUNTS, DEMO_COLLEAGUES, DEMO_PASSWORD } from './demo-people';

const DAY = 86_400_000;

/** Fills an empty database with a demo organization; changes nothing when there is an organization already. */
export async function fillDemo(database: Database, keys: SecretKeys, now: Date): Promise<void> {
  if (await database.reader.exists(Organization)) return;
  const people = [...DEMO_ACCOUNTS, ...DEMO_COLLEAGUES];
  const hashes = await Promise.all(people.map(() => hashPasswordNow(DEMO_PASSWORD)));

  await transaction(database, async (tx) => {
    const organization = await createOrganization(tx, {
      name: 'Example Company',
      features: ['travel_rule'],
      now,
    });
    for (const [index, person] of people.entries()) {
      const id = await insertUser(tx, {
        ...person,
        organizationId: organization.id,
        roleId: organization.roleIds[person.role],
        phone: `+1 202 555 ${String(100 + index).padStart(4, '0')}`,
        passwordHash: hashes[index]!,
        forcePasswordReset: false,
        forceMfa: false,
        now: new Date(now.getTime() - (people.length - index) * DAY),
      });
      if (!DEMO_ACCOUNTS.includes(person)) await varyUser(tx, keys, id, index, now);
    }
  });
}

/** Makes the users differ, so that the sorts and filters of the list have something to show. */
async function varyUser(
  tx: EntityManager,
  keys: SecretKeys,
  id: number,
  index: number,
  now: Date,
): Promise<void> {
  const mfaEnabled = index % 4 === 1;
  if (mfaEnabled) {
    await beginMfaSetup(tx, { keys, now }, id);
    await tx.update(UserTotp, { userId: id }, { confirmedAt: now });
  }
  await tx.update(
    User,
    { id },
    {
      enabled: index % 9 !== 0,
      mfaEnabled,
      forceMfa: index % 6 === 0,
      forcePasswordReset: index % 10 === 0,
      ...(index % 7 === 0 ? { phone: null, phoneKey: '' } : {}),
    },
  );
}
