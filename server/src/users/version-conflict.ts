import type { EntityManager } from 'typeorm';
import { fieldsChangedSince } from '../audit/record-audit';
import { UserError } from '../errors';
import type { UserView } from './user-row';

/** Where a changed field is called differently in the input. */
const INPUT_NAMES: Record<string, string> = {
  role: 'roleId',
  passwordResetRequired: 'forcePasswordReset',
  mfaRequired: 'forceMfa',
  enabled: 'expectedVersion',
  mfaEnabled: 'expectedVersion',
};

/** CONFLICT at each field that somebody else changed since the version that the edit is based on. */
export async function versionErrors(
  tx: EntityManager,
  user: UserView,
  expectedVersion: number | null | undefined,
): Promise<UserError[]> {
  if (typeof expectedVersion !== 'number' || expectedVersion === user.version) return [];
  const changed = await fieldsChangedSince(
    tx,
    user.organizationId,
    { type: 'user', id: user.id },
    expectedVersion,
  );
  const names = new Set(changed.map((field) => INPUT_NAMES[field] ?? field));
  if (names.size === 0) names.add('expectedVersion');
  return [...names].map(
    (name) => new UserError('CONFLICT', ['input', name], 'Somebody else has changed this in the meantime.'),
  );
}
