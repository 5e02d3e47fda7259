import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Session } from './session.entity';

export interface RefreshTokenParts {
  readonly sessionId: number;
  readonly generation: number;
  readonly mac: string;
}

type Seeded = Pick<Session, 'id' | 'refreshSeed'>;

/**
 * The refresh token of one generation of a session. It follows from the session's random seed and a
 * key that is not in the database, so that repeating a lost answer needs no token to be stored.
 */
export function refreshToken(key: KeyObject, session: Seeded, generation: number): string {
  return `${session.id}.${generation}.${macOf(key, session, generation)}`;
}

/** Null for a text that cannot be a refresh token. */
export function parseRefreshToken(token: string): RefreshTokenParts | null {
  const match = /^([1-9]\d{0,9})\.(\d{1,9})\.([\w-]{43})$/.exec(token);
  if (!match) return null;
  return { sessionId: Number(match[1]), generation: Number(match[2]), mac: match[3]! };
}

export function isGenuine(key: KeyObject, session: Seeded, { generation, mac }: RefreshTokenParts): boolean {
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(key, session, generation)));
}

function macOf(key: KeyObject, { id, refreshSeed }: Seeded, generation: number): string {
  return createHmac('sha256', key).update(`${id}.${generation}.${refreshSeed}`).digest('base64url');
}
