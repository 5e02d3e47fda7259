import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { SqlValue } from './sql';

type CursorValue = string | number | null | { readonly date: string };

/**
 * A cursor: the sort values of a row, signed together with the list that they belong to.
 * @param scope all that defines the list: organization, order, search and filter
 */
export function writeCursor(key: KeyObject, scope: string, values: readonly SqlValue[]): string {
  const payload = Buffer.from(JSON.stringify(values.map(toCursorValue))).toString('base64url');
  return `${payload}.${signature(key, scope, payload)}`;
}

/** Null for a cursor that was tampered with or made for another list. */
export function readCursor(key: KeyObject, scope: string, cursor: string): SqlValue[] | null {
  const [payload = '', given = '', ...rest] = cursor.split('.');
  const expected = Buffer.from(signature(key, scope, payload));
  const presented = Buffer.from(given);
  // Compared in bytes, because timingSafeEqual throws when the lengths in bytes differ.
  if (rest.length > 0 || presented.length !== expected.length) return null;
  if (!timingSafeEqual(presented, expected)) return null;
  const values = JSON.parse(Buffer.from(payload, 'base64url').toString()) as CursorValue[];
  return values.map((value) => (value !== null && typeof value === 'object' ? new Date(value.date) : value));
}

function toCursorValue(value: SqlValue): CursorValue {
  if (value instanceof Date) return { date: value.toISOString() };
  return typeof value === 'boolean' ? Number(value) : value;
}

/** 128 bits suffice, because a forged cursor would only open a page that the viewer may read anyway. */
function signature(key: KeyObject, scope: string, payload: string): string {
  const mac = createHmac('sha256', key).update(`${scope}\n${payload}`).digest();
  return mac.subarray(0, 16).toString('base64url');
}
