import type { Database } from '../database/database';
import { normalizeName } from '../validation/normalize';
import { recordAudit } from '../audit/record-audit';
import { transaction } from '../database/transaction';
import type { PasswordPolicy } from '../config/config';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { MAXIMUM_ORGANIZATION_NAME } from '../organization-management/organization.inputs';
import { organizationTarget } from '../organization-management/update-organization';
import { createOrganization } from '../organization-management/create-organization';
import { insertUser } from '../user-management/insert-user';
import { hashPasswordNow } from '../passwords/password';
import { newPasswordErrors } from '../passwords/password-policy';
import { normalizeIdentity } from '../users/user-columns';
import { IsName } from '../validation/input-rules';
import { userChanges, userTarget } from '../users/user-changes';
import { findUserOrFail } from '../users/find-user';
import { NewPerson } from './create-administrator';
import { operatorOf } from './operator';

export class NewOrganization extends NewPerson {
  @IsName('The name of the organization', MAXIMUM_ORGANIZATION_NAME)
  name: string;

  password: string;
}

/** @throws UserErrors with everything that is wrong */
export async function createOrganizationWithAdministrator(
  database: Database,
  passwordPolicy: PasswordPolicy,
  options: NewOrganization,
  now: Date,
): Promise<void> {
  const input = Object.assign(new NewOrganization(), options);
  throwIfAny([
    ...(await inputErrors(input)),
    ...newPasswordErrors(passwordPolicy, input.password, input, ['password']),
  ]);
  const passwordHash = await hashPasswordNow(input.password);
  await transaction(database, async (tx) => {
    const { id: organizationId, roleIds } = await createOrganization(tx, {
      name: normalizeName(input.name),
      features: [],
      now,
    });
    const userId = await insertUser(tx, {
      ...normalizeIdentity(input, null),
      organizationId,
      roleId: roleIds.Administrator,
      passwordHash,
      forcePasswordReset: false,
      forceMfa: false,
      now,
    });
    const operator = operatorOf(organizationId, now);
    const organization = await findOwnOrganization(tx, { organizationId });
    const user = await findUserOrFail(tx, { organizationId }, userId);
    await recordAudit(tx, operator, 'organization.created', organizationTarget(organization), []);
    await recordAudit(tx, operator, 'user.created', userTarget(user), userChanges(null, user));
  });
}
