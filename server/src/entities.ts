import { AuditEvent } from './audit/audit-event.entity';
import { Organization } from './organizations/organization.entity';
import { Role } from './roles/role.entity';
import { Session } from './sessions/session.entity';
import { UserCredential } from './users/user-credential.entity';
import { UserTotp } from './users/user-totp.entity';
import { User } from './users/user.entity';

/** Every table there is. */
export const entities = [Organization, Role, User, UserCredential, UserTotp, Session, AuditEvent];
