import { createHmac, type KeyObject } from 'node:crypto';

/** What is kept of the key of a call. */
export function hashOfKey(key: KeyObject, idempotencyKey: string): string {
  return hmac(key, ['key', idempotencyKey]);
}

/** Equal for the same mutation with the same input, in whatever order its fields were given. */
export function hashOfInput(key: KeyObject, mutation: string, input: object): string {
  return hmac(key, ['input', mutation, inOneOrder(input)]);
}

/** With a key of the service, because the input may hold a password, which a plain hash would let anyone guess. */
function hmac(key: KeyObject, what: readonly unknown[]): string {
  return createHmac('sha256', key).update(JSON.stringify(what)).digest('hex');
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOneOrder(inner)]));
}
