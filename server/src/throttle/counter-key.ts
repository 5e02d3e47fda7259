import { createHmac, type KeyObject } from 'node:crypto';

/** The key of a counter: what it counts, unreadable to those who see the table. */
export function counterKey(key: KeyObject, what: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(JSON.stringify(what)).digest('hex');
}
