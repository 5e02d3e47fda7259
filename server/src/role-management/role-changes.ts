import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import type { FieldChange } from '../audit/audit-event.entity';
import { changesOf, type AuditedField } from '../audit/changes-of';
import type { AuditTarget } from '../audit/record-audit';
import { violatesUnique } from '../database/driver-error';
import { failure } from '../errors';
import { findRole } from '../roles/find-role';
import type { Role } from '../roles/role.entity';

/**
 * The role that a mutation is about.
 * @throws UserErrors ROLE_NOT_FOUND, the same for a malformed, unknown and foreign id
 */
export async function requireRole(tx: EntityManager, viewer: Viewer, id: string): Promise<Role> {
  const role = await findRole(tx, viewer, id);
  if (role) return role;
  throw failure('ROLE_NOT_FOUND', ['input', 'id']);
}

const AUDITED_FIELDS: readonly AuditedField<Role>[] = [
  ['name', (role) => role.name],
  ['permissions', (role) => role.permissions],
  ['mfaRequired', (role) => role.mfaRequired],
];

/** The fields that differ; `before` is null for a new role, `after` for a deleted one. */
export function roleChanges(before: Role | null, after: Role | null): FieldChange[] {
  return changesOf(AUDITED_FIELDS, before, after);
}

export function roleTarget({ id, name, version }: Role): AuditTarget {
  return { type: 'role', id, name, version };
}

/**
 * Turns a violation of the unique index of role names into a user error.
 * @throws UserErrors ROLE_NAME_TAKEN
 */
export async function reportTakenRoleName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!violatesUnique(error, 'uq_role_name', 'role.name_key')) throw error;
    throw failure('ROLE_NAME_TAKEN', ['input', 'name']);
  }
}
