import type { MigrationInterface } from 'typeorm';
import { People1764000000000 } from './1764000000000-people';
import { SignIn1764100000000 } from './1764100000000-sign-in';
import { Guessing1764200000000 } from './1764200000000-guessing';
import { PendingSignIns1764300000000 } from './1764300000000-pending-sign-ins';
import { AuditTrail1764400000000 } from './1764400000000-audit-trail';
import { ManageOrganization1764500000000 } from './1764500000000-manage-organization';
import { CountedCredentials1765100000000 } from './1765100000000-counted-credentials';
import { Retention1765300000000 } from './1765300000000-retention';
import { AsciiDomains1765400000000 } from './1765400000000-ascii-domains';
import { PhoneCountry1765500000000 } from './1765500000000-phone-country';
import { RequestIds1765610000000 } from './1765610000000-request-ids';
import { FindUsers1766000000000 } from './1766000000000-find-users';
import { IdempotencyKeys1766100000000 } from './1766100000000-idempotency-keys';

/** In the order of their time stamps. A migration that has been released is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  People1764000000000,
  SignIn1764100000000,
  Guessing1764200000000,
  PendingSignIns1764300000000,
  AuditTrail1764400000000,
  ManageOrganization1764500000000,
  CountedCredentials1765100000000,
  Retention1765300000000,
  AsciiDomains1765400000000,
  PhoneCountry1765500000000,
  RequestIds1765610000000,
  FindUsers1766000000000,
  IdempotencyKeys1766100000000,
];
