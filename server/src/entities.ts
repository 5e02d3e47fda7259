import { AuditEvent } from './audit/audit-event.entity';
import { IdempotencyKey } from './idempotency/idempotency-key.entity';
import { OutgoingMail } from './mail/outgoing-mail.entity';
import { OneTimeToken } from './one-time-token/one-time-token.entity';
import { Organization } from './organizations/organization.entity';
import { Role } from './roles/role.entity';
import { Session } from './sessions/session.entity';
import { SignInThrottle } from './throttle/sign-in-throttle.entity';
import { RecoveryCode } from './mfa/recovery-code.entity';
import { UserCredential } from './passwords/user-credential.entity';
import { UserTotp } from './mfa/user-totp.entity';
import { User } from './users/user.entity';

/** The entities of all tables, for TypeORM. */
export const entities = [
  Organization,
  Role,
  User,
  UserCredential,
  UserTotp,
  RecoveryCode,
  Session,
  SignInThrottle,
  OneTimeToken,
  OutgoingMail,
  AuditEvent,
  IdempotencyKey,
];
