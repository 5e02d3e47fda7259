import type { EntityManager } from 'typeorm';
import type { Turns } from '../background/bounded-queue';
import type { AddressLimits, PasswordPolicy, SessionLimits } from '../config/config';
import type { Database } from '../database/database';
import type { AreaUrls } from '../access/area-access';
import type { SecretKeys } from '../crypto/secret-keys';
import type { Permission } from '../access/permissions';
import type { Viewer } from '../access/viewer';

/** Where a request came from, for sessions and the audit log. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** Sets, clears and reads the refresh cookie of a browser. */
export interface RefreshCookie {
  /** Whether the browser would keep it: not of a page that was opened without encryption, when it is for secure ones. */
  readonly isKept: boolean;
  read(): string | null;
  set(token: string, expiresAt: Date): void;
  clear(): void;
}

/** Reads and sets the cookie that shows which users have signed in with this browser before. */
export interface DeviceCookie {
  read(): string | null;
  set(token: string): void;
}

/** What a caller may still ask for, in points of cost. */
export interface CallerStanding {
  /** Of the operation under way. */
  readonly cost: number;
  readonly limit: number;
  readonly remaining: number;
  /** When there is as much as the limit again, if nothing more is asked for. */
  readonly resetAt: Date;
}

/** How much a caller, a session or an address, may ask for in a minute. */
export interface CallerLimit {
  /**
   * Takes what an operation costs.
   * @throws GraphQLError RATE_LIMITED when that is more than the caller has left
   */
  charge(cost: number): void;
  standing(): CallerStanding;
}

/** The log of the service, which only operators read. It must never hold a secret. */
interface OperatorLog {
  error(detail: object, message: string): void;
}

/** Sees to it that a mutation is carried out once only, in the transaction that carries it out. */
interface CarriedOutOnce {
  /** The first statement of the transaction, in which another call of the same kind is waited for. */
  readonly claim: (tx: EntityManager) => Promise<void>;
  /** The last one, once the mutation has its answer. */
  readonly keep: (tx: EntityManager, answer: unknown) => Promise<void>;
}

/** The request and the services, for every resolver and use case. */
export interface RequestContext {
  readonly database: Database;
  readonly keys: SecretKeys;
  readonly passwordPolicy: PasswordPolicy;
  readonly sessionLimits: SessionLimits;
  /** The origin of every link in a mail. Configured, because a Host header can be forged. */
  readonly publicUrl: string;
  readonly areaUrls: AreaUrls;
  /** To be called once a queued mail is committed. */
  readonly wakeMailer: () => void;
  /**
   * Runs work after the answer, so that its time tells nothing; a failure is only logged. For the mails that anyone
   * may ask for, of which some are dropped in a flood.
   */
  readonly afterAnswer: (work: () => Promise<void>) => void;
  /** Hashing passwords, which waits for its turn among all requests. */
  readonly hashing: Turns;
  /** How often one address may do what is costly or mails. */
  readonly addressLimits: AddressLimits;
  /** Null for callers without a limit. */
  readonly callerLimit: CallerLimit | null;
  readonly log: OperatorLog;
  /** A sign-in sets it for the later fields of the same request. */
  viewer: Viewer | null;
  /** The permission that the mutation under way needs: the transaction that carries it out checks it again. */
  readonly requires: Permission | null;
  /** Of the mutation under way, when it was given an idempotency key. */
  readonly once: CarriedOutOnce | null;
  readonly origin: Origin;
  readonly refreshCookie: RefreshCookie;
  readonly deviceCookie: DeviceCookie;
  readonly now: Date;
}

/** The context behind a field that needs a signed-in viewer. */
export interface SignedInContext extends RequestContext {
  readonly viewer: Viewer;
}
