import type { EntityManager } from 'typeorm';
import type { FieldChange } from '../audit/audit-event.entity';
import { changesOf, type AuditedField } from '../audit/changes-of';
import type { AuditTarget } from '../audit/record-audit';
import { StaleRowError } from '../database/transaction';
import { User } from './user.entity';
import type { UserView } from './user-view';

const AUDITED_FIELDS: readonly AuditedField<UserView>[] = [
  ['firstName', (user) => user.firstName],
  ['lastName', (user) => user.lastName],
  ['username', (user) => user.username],
  ['externalId', (user) => user.externalId],
  ['phone', (user) => user.phone],
  ['role', (user) => user.role.name],
  ['enabled', (user) => user.enabled],
  ['mfaEnabled', (user) => user.mfaEnabled],
  ['forceMfa', (user) => user.forceMfa],
  ['forcePasswordReset', (user) => user.forcePasswordReset],
];

/** Says that the password was changed, without either value. */
export const PASSWORD_CHANGE: FieldChange = { field: 'password', before: null, after: null };

/** The fields that differ; `before` is null for a new user. */
export function userChanges(before: UserView | null, after: UserView): FieldChange[] {
  return changesOf(AUDITED_FIELDS, before, after);
}

export function userTarget(user: UserView): AuditTarget {
  return { type: 'user', id: user.id, name: user.username, version: user.version };
}

/**
 * Writes columns of a user who was read in this transaction.
 * @throws StaleRowError when the user has been changed since, so that the transaction is retried
 */
export async function writeUser(
  tx: EntityManager,
  { id, version }: UserView,
  columns: Partial<User>,
  now: Date,
): Promise<void> {
  const { affected } = await tx.update(
    User,
    { id, version },
    { ...columns, updatedAt: now, version: version + 1 },
  );
  if (affected !== 1) throw new StaleRowError();
}
