import type { EntityManager } from 'typeorm';
import { userError, type UserError } from '../errors';
import { fieldsChangedSince, type AuditTarget } from './record-audit';

/** What is edited, in the version in which the transaction read it. */
export interface Versioned extends Pick<AuditTarget, 'type' | 'id'> {
  readonly organizationId: number;
  readonly version: number;
}

/**
 * CONFLICT at each field that has been changed since the version that the edit is based on.
 * @param inputNames where a changed field is called differently in the input
 */
export async function versionErrors(
  tx: EntityManager,
  { type, id, organizationId, version }: Versioned,
  expectedVersion: number | null | undefined,
  inputNames: Readonly<Record<string, string>> = {},
): Promise<UserError[]> {
  if (typeof expectedVersion !== 'number' || expectedVersion === version) return [];
  const changed = await fieldsChangedSince(tx, organizationId, { type, id }, expectedVersion);
  const names = new Set(changed.map((field) => inputNames[field] ?? field));
  if (names.size === 0) names.add('expectedVersion');
  return [...names].map((name) => userError('CONFLICT', ['input', name]));
}
