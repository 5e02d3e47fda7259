import type { AuditedValue, FieldChange } from './audit-event.entity';

/** A field as the trail knows it, and how to read it. */
export type AuditedField<Target> = readonly [field: string, read: (target: Target) => AuditedValue];

/** What differs between a target before (null: it did not exist) and after (null: it does no more). */
export function changesOf<Target>(
  fields: readonly AuditedField<Target>[],
  before: Target | null,
  after: Target | null,
): FieldChange[] {
  return fields
    .map(([field, read]) => ({ field, before: before && read(before), after: after && read(after) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
