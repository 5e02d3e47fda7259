import type { Session } from '../sessions/session.entity';

const MINUTE = 60_000;

/** A session that is not refreshed for so long (ms) has ended. ASVS 7.3.1. */
export const IDLE_LIMIT = 30 * MINUTE;

/** No session outlives this (ms), however busy it is. ASVS 7.3.2. */
export const ABSOLUTE_LIMIT = 12 * 60 * MINUTE;

export function isLive({ endedAt, expiresAt, refreshedAt }: Session, now: Date): boolean {
  return endedAt === null && now < expiresAt && now.getTime() < refreshedAt.getTime() + IDLE_LIMIT;
}

/** When the refresh token stops working if it is not used. */
export function refreshableUntil({ expiresAt, refreshedAt }: Session): Date {
  return new Date(Math.min(expiresAt.getTime(), refreshedAt.getTime() + IDLE_LIMIT));
}
