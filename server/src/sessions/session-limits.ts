import type { SessionLimits } from '../config/config';
import type { Session } from './session.entity';

export function isLive(session: Session, { idle }: SessionLimits, now: Date): boolean {
  const { endedAt, expiresAt, refreshedAt } = session;
  return endedAt === null && now < expiresAt && now.getTime() < refreshedAt.getTime() + idle;
}

/** When the refresh token expires unless it is used. */
export function refreshableUntil({ expiresAt, refreshedAt }: Session, { idle }: SessionLimits): Date {
  return new Date(Math.min(expiresAt.getTime(), refreshedAt.getTime() + idle));
}
