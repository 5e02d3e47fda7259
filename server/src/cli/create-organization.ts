import type { Database } from '../database/database';
import { tidyName } from '../database/fold';
import { transaction } from '../database/transaction';
import type { PasswordPolicy } from '../config';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { ADMINISTRATOR_ROLE, foundOrganization } from '../roles/found-organization';
import { insertUser } from '../users/insert-user';
import { hashPassword } from '../users/password';
import { newPasswordErrors } from '../users/password-policy';
import { tidyIdentity } from '../users/user-columns';
import { IsPersonName, IsPhone, IsUsername } from '../users/user-fields';

export class NewOrganization {
  @IsPersonName('The name of the organization')
  name: string;

  @IsUsername('The username')
  username: string;

  @IsPersonName('The first name')
  firstName: string;

  @IsPersonName('The last name')
  lastName: string;

  @IsPhone('The phone')
  phone: string;

  password: string;
}

/** @throws UserErrors with everything that is wrong */
export async function createOrganization(
  database: Database,
  passwordPolicy: PasswordPolicy,
  options: NewOrganization,
  now: Date,
): Promise<void> {
  const input = Object.assign(new NewOrganization(), options);
  refuseIfAny([
    ...(await inputErrors(input)),
    ...newPasswordErrors(passwordPolicy, input.password, input, ['password']),
  ]);
  const passwordHash = await hashPassword(input.password);
  await transaction(database, async (tx) => {
    const organization = await foundOrganization(tx, { name: tidyName(input.name), features: [], now });
    await insertUser(tx, {
      ...tidyIdentity(input),
      organizationId: organization.id,
      roleId: organization.roleIds.get(ADMINISTRATOR_ROLE)!,
      passwordHash,
      passwordResetRequired: false,
      mfaRequired: false,
      now,
    });
  });
}
