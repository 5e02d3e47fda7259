import type { Database } from '../database/database';
import type { SecretKeys } from './secret-keys';
import type { Viewer } from './viewer';

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

/** What every resolver and use case gets. */
export interface RequestContext {
  readonly database: Database;
  readonly keys: SecretKeys;
  /** Signing in within a request sets it for the fields that follow. */
  viewer: Viewer | null;
  readonly origin: Origin;
  readonly refreshCookie: RefreshCookie;
  readonly now: Date;
}

/** The context behind a field that needs a signed-in viewer. */
export interface SignedInContext extends RequestContext {
  readonly viewer: Viewer;
}
