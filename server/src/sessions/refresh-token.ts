import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Session } from './session.entity';

export interface RefreshTokenParts {
  readonly sessionId: number;
  readonly generation: number;
  readonly mac: string;
}

type Seeded = Pick<Session, 'id' | 'refreshSeed'>;

/**
 * The refresh token of one generation of a session. It is computed from the random seed of the session and
 * a key that is not in the database, so that an answer that was lost can be repeated without storing tokens.
 */
export function refreshToken(key: KeyObject, session: Seeded, generation: number): string {
  return `${session.id}.${generation}.${macOf(key, session, generation)}`;
}

/** Null for a text that does not have the form of a refresh token. */
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
