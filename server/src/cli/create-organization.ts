import type { Database } from '../database/database';
import { tidyName } from '../database/fold';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import type { PasswordPolicy } from '../config';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { MAXIMUM_ORGANIZATION_NAME } from '../organizations/organization.inputs';
import { organizationTarget } from '../organizations/update-organization';
import { ADMINISTRATOR_ROLE, foundOrganization } from '../roles/found-organization';
import { insertUser } from '../users/insert-user';
import { hashPassword } from '../users/password';
import { newPasswordErrors } from '../users/password-policy';
import { tidyIdentity } from '../users/user-columns';
import { IsName } from '../input-rules';
import { userChanges, userTarget } from '../users/user-changes';
import { findUser } from '../users/user-row';
import { NewPerson } from './create-administrator';
import { operatorOf } from './operator';

export class NewOrganization extends NewPerson {
  @IsName('The name of the organization', MAXIMUM_ORGANIZATION_NAME)
  name: string;

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
    const { id: organizationId, roleIds } = await foundOrganization(tx, {
      name: tidyName(input.name),
      features: [],
      now,
    });
    const userId = await insertUser(tx, {
      ...tidyIdentity(input),
      organizationId,
      roleId: roleIds.get(ADMINISTRATOR_ROLE)!,
      passwordHash,
      passwordResetRequired: false,
      mfaRequired: false,
      now,
    });
    const operator = operatorOf(organizationId, now);
    const organization = await findOwnOrganization(tx, { organizationId });
    const user = (await findUser(tx, { organizationId }, userId))!;
    await recordAudit(tx, operator, 'organization.created', organizationTarget(organization), []);
    await recordAudit(tx, operator, 'user.created', userTarget(user), userChanges(null, user));
  });
}
