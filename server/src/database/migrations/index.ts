import type { MigrationInterface } from 'typeorm';
import { People1764000000000 } from './1764000000000-people';
import { SignIn1764100000000 } from './1764100000000-sign-in';
import { Guessing1764200000000 } from './1764200000000-guessing';
import { AuditTrail1764400000000 } from './1764400000000-audit-trail';

/** In the order of their time stamps. A migration that has been released is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  People1764000000000,
  SignIn1764100000000,
  Guessing1764200000000,
  AuditTrail1764400000000,
];
