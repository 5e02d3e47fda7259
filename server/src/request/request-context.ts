import type { PasswordPolicy, SessionLimits } from '../config/config';
import type { Database } from '../database/database';
import type { AreaUrls } from '../access/area-access';
import type { SecretKeys } from '../crypto/secret-keys';
import type { Viewer } from '../access/viewer';

/** Where a request came from, for sessions and the audit trail. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** Sets, clears and reads the refresh cookie of a browser. */
export interface RefreshCookie {
  read(): string | null;
  set(token: string, expiresAt: Date): void;
  clear(): void;
}

/** Reads and sets the cookie by which a browser shows that it has been here before. */
export interface DeviceCookie {
  read(): string | null;
  set(token: string): void;
}

/** What only operators get to read. Never a secret. */
export interface OperatorLog {
  error(detail: object, message: string): void;
}

/** What every resolver and use case gets. */
export interface RequestContext {
  readonly database: Database;
  readonly keys: SecretKeys;
  readonly passwordPolicy: PasswordPolicy;
  readonly sessionLimits: SessionLimits;
  /** The origin of every link in a mail: never what a request calls us. */
  readonly publicUrl: string;
  readonly areaUrls: AreaUrls;
  /** A mail was queued and committed. */
  readonly wakeMailer: () => void;
  /** Runs work once the answer is out, so that its time tells nothing; a failure is only logged. */
  readonly afterAnswer: (work: () => Promise<void>) => void;
  readonly log: OperatorLog;
  /** Signing in within a request sets it for the fields that follow. */
  viewer: Viewer | null;
  readonly origin: Origin;
  readonly refreshCookie: RefreshCookie;
  readonly deviceCookie: DeviceCookie;
  readonly now: Date;
}

/** The context behind a field that needs a signed-in viewer. */
export interface SignedInContext extends RequestContext {
  readonly viewer: Viewer;
}
