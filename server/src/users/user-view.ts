import { parsePermissions, type Permission } from '../access/permissions';
import type { MfaRequirement } from './user.entity';
import { toDate } from '../database/sql';

interface UserRole {
  readonly id: number;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly mfaRequired: boolean;
  readonly version: number;
}

/** A user as the API shows them, read in one statement and without secrets. */
export interface UserView {
  readonly id: number;
  readonly organizationId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly externalId: string | null;
  readonly phone: string | null;
  readonly role: UserRole;
  readonly enabled: boolean;
  readonly mfaEnabled: boolean;
  readonly forceMfa: boolean;
  /** By the user, the role or the organization. */
  readonly mfaRequired: boolean;
  readonly mfaRequiredBy: readonly MfaRequirement[];
  readonly forcePasswordReset: boolean;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface UserRow {
  id: number;
  organization_id: number;
  first_name: string;
  last_name: string;
  username: string;
  external_id: string | null;
  phone: string | null;
  enabled: number;
  mfa_enabled: number;
  mfa_required: number;
  password_reset_required: number;
  last_sign_in_at: Date | string | null;
  created_at: Date | string;
  updated_at: Date | string;
  version: number;
  role_id: number;
  role_name: string;
  role_permissions: string;
  role_mfa_required: number;
  role_version: number;
  organization_mfa_required: number;
}

/** With LEFT JOINs, because MariaDB would start inner joins from the few roles, and then sort all users. */
export const SELECT_USERS = `
  SELECT u.id, u.organization_id, u.first_name, u.last_name, u.username, u.external_id, u.phone, u.enabled,
    u.mfa_enabled, u.mfa_required, u.password_reset_required, u.last_sign_in_at, u.created_at, u.updated_at, u.version,
    u.role_id, r.name AS role_name, r.permissions AS role_permissions, r.mfa_required AS role_mfa_required,
    r.version AS role_version,
    o.mfa_required AS organization_mfa_required`;

export const FROM_USERS = `
  FROM user u LEFT JOIN role r ON r.id = u.role_id LEFT JOIN organization o ON o.id = u.organization_id`;

/** Whether two-factor authentication is required of a user of FROM_USERS, by whatever. */
export const MFA_REQUIRED = 'u.mfa_required <> 0 OR r.mfa_required <> 0 OR o.mfa_required <> 0';

/** Converts rows to users; users with the same role share one role object. */
export function toUserViews(rows: readonly UserRow[]): UserView[] {
  const roles = new Map<number, UserRole>();
  return rows.map((row) => {
    let role = roles.get(row.role_id);
    if (!role) {
      role = {
        id: row.role_id,
        name: row.role_name,
        permissions: parsePermissions(row.role_permissions),
        mfaRequired: row.role_mfa_required !== 0,
        version: row.role_version,
      };
      roles.set(row.role_id, role);
    }
    const mfaRequiredBy = mfaRequirements(row);
    return {
      id: row.id,
      organizationId: row.organization_id,
      firstName: row.first_name,
      lastName: row.last_name,
      username: row.username,
      externalId: row.external_id,
      phone: row.phone,
      role,
      enabled: row.enabled !== 0,
      mfaEnabled: row.mfa_enabled !== 0,
      forceMfa: row.mfa_required !== 0,
      mfaRequired: mfaRequiredBy.length > 0,
      mfaRequiredBy,
      forcePasswordReset: row.password_reset_required !== 0,
      lastSignInAt: toDate(row.last_sign_in_at),
      createdAt: toDate(row.created_at),
      updatedAt: toDate(row.updated_at),
      version: row.version,
    };
  });
}

function mfaRequirements(row: UserRow): MfaRequirement[] {
  return [
    ...(row.mfa_required !== 0 ? (['USER'] as const) : []),
    ...(row.role_mfa_required !== 0 ? (['ROLE'] as const) : []),
    ...(row.organization_mfa_required !== 0 ? (['ORGANIZATION'] as const) : []),
  ];
}
