import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/record-audit';
import type { Database } from '../database/database';
import { transaction } from '../database/transaction';
import { throwIfAny } from '../errors';
import { OperatorError } from '../config/explain-failure';
import { inputErrors } from '../validation/input-errors';
import { issueOneTimeToken } from '../one-time-token/one-time-tokens';
import { listRoles } from '../roles/list-roles';
import type { Role } from '../roles/role.entity';
import { canAdminister } from '../roles/role.policy';
import { insertUser } from '../user-management/insert-user';
import { hashPasswordNow } from '../passwords/password';
import { phoneErrors } from '../users/phone-country';
import { normalizeIdentity } from '../users/user-columns';
import { userChanges, userTarget } from '../users/user-changes';
import { IsPersonName, IsPhone, IsUsername } from '../users/user-fields';
import { findUserOrFail } from '../users/find-user';
import { findOrganization, operatorOf } from './operator';

export class NewPerson {
  @IsUsername('The username')
  username: string;

  @IsPersonName('The first name')
  firstName: string;

  @IsPersonName('The last name')
  lastName: string;

  @IsPhone('The phone')
  phone: string;
}

export interface NewAdministrator extends NewPerson {
  /** The id of the organization. */
  readonly organization: string;
}

const LINK_HOURS = 24;

export interface AdministratorLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Adds a user who can administer the organization. They have no password until they set one with the
 * link, which works once.
 * @throws UserErrors with everything that is wrong with the input
 * @throws OperatorError when the organization or a role that can administer it is missing
 */
export async function createAdministrator(
  database: Database,
  publicUrl: string,
  options: NewAdministrator,
  now: Date,
): Promise<AdministratorLink> {
  const input = Object.assign(new NewPerson(), options);
  throwIfAny(await inputErrors(input));
  // A random password that nobody knows: only the link lets the user in.
  const passwordHash = await hashPasswordNow(randomBytes(32).toString('base64url'));
  const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);

  return transaction(database, async (tx) => {
    const { id: organizationId, phoneCountry } = await findOrganization(tx, options.organization);
    throwIfAny(phoneErrors(input.phone, phoneCountry));
    const role = await administratorRole(tx, organizationId);
    const userId = await insertUser(tx, {
      ...normalizeIdentity(input, phoneCountry),
      organizationId,
      roleId: role.id,
      passwordHash,
      forcePasswordReset: false,
      forceMfa: false,
      now,
    });
    const user = await findUserOrFail(tx, { organizationId }, userId);
    const operator = operatorOf(organizationId, now);
    await recordAudit(tx, operator, 'user.created', userTarget(user), userChanges(null, user));
    const token = await issueOneTimeToken(tx, { userId, purpose: 'password_reset', now, expiresAt });
    return { url: `${publicUrl}/reset-password#token=${token}`, expiresAt };
  });
}

/** Of the roles that can administer the organization, the one with the most permissions. */
async function administratorRole(tx: EntityManager, organizationId: number): Promise<Role> {
  const roles = await listRoles(tx, { organizationId });
  const [role] = roles
    .filter(({ permissions }) => canAdminister(permissions))
    .sort((one, other) => other.permissions.length - one.permissions.length);
  if (role) return role;
  throw new OperatorError('No role of this organization can administer users.');
}
