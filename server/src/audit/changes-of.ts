import type { AuditedValue, FieldChange } from './audit-event.entity';

/** A field by its name in the audit log, and how to read it. */
export type AuditedField<Target> = readonly [field: string, read: (target: Target) => AuditedValue];

/** The fields that differ; `before` is null for a new target, `after` for a deleted one. */
export function changesOf<Target>(
  fields: readonly AuditedField<Target>[],
  before: Target | null,
  after: Target | null,
): FieldChange[] {
  return fields
    .map(([field, read]) => ({ field, before: before && read(before), after: after && read(after) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
