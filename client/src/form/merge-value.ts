/** Whether a field holds the same; lists are sets. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isList(one) || !isList(other)) return one === other;
  return one.length === other.length && one.every((item) => other.includes(item));
}

/**
 * The value of a field after someone else has saved: theirs where this form has not changed it. Of a list, only
 * the items that were added or removed here are changed in theirs.
 */
export function mergeValue<Value>(before: Value, typed: Value, stored: Value): Value {
  if (isSame(typed, before)) return stored;
  if (!isList(before) || !isList(typed) || !isList(stored)) return typed;
  const added = typed.filter((item) => !before.includes(item) && !stored.includes(item));
  const kept = stored.filter((item) => typed.includes(item) || !before.includes(item));
  return [...kept, ...added] as Value;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
