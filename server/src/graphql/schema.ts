import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from '../account/account.resolver';
import { enforceAccess } from './access-directives';
import { PermissionResolver } from '../access/permission.resolver';
import {
  AuditActorResolver,
  AuditLogResolver,
  AuditTargetResolver,
  UserHistoryResolver,
} from '../audit-log/audit-log.resolver';
import { ViewerSessionConnectionResolver } from '../account/session-connection.type';
import { AuditEventConnectionResolver } from '../audit-log/audit-event.type';
import { describeRoots } from './describe-roots';
import { answerGlobalIds } from './global-ids';
import { NodeResolver } from './node.resolver';
import { enforceOneOf } from './one-of';
import { answerUserErrors } from './payloads';
import { RateLimitResolver } from './rate-limit.resolver';
import { specifyScalars } from './scalars';
import { VersionResolver } from './version.resolver';
import { OrganizationResolver } from '../organization-management/organization.resolver';
import { PasswordResetResolver } from '../password-reset/password-reset.resolver';
import { RoleManagementResolver } from '../role-management/role-management.resolver';
import { RoleResolver } from '../roles/role.resolver';
import { ChallengeResolver } from '../sign-in/challenge.resolver';
import { LockResolver } from '../user-management/lock.resolver';
import { SignInResolver } from '../sign-in/sign-in.resolver';
import { ViewerResolver } from '../sessions/viewer.type';
import { PasswordPolicyResolver } from '../passwords/password-policy.resolver';
import { InvitationResolver } from '../invitations/invitation.resolver';
import { UserAccessResolver } from '../user-management/user-access.resolver';
import { UserConnectionResolver } from '../user-management/user-connection.type';
import { UserResolver } from '../user-management/user.resolver';
import { UserSessionsResolver } from '../user-management/user-sessions.resolver';

let built: GraphQLSchema | undefined;

/** The executable schema, with access enforced on every field. It depends on nothing, so that all share one. */
export function buildRolecallSchema(): GraphQLSchema {
  built ??= buildSchema();
  return built;
}

function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      VersionResolver,
      RateLimitResolver,
      NodeResolver,
      ViewerResolver,
      UserResolver,
      UserAccessResolver,
      InvitationResolver,
      UserConnectionResolver,
      PasswordPolicyResolver,
      PermissionResolver,
      OrganizationResolver,
      RoleResolver,
      RoleManagementResolver,
      SignInResolver,
      ChallengeResolver,
      LockResolver,
      UserSessionsResolver,
      AccountResolver,
      ViewerSessionConnectionResolver,
      PasswordResetResolver,
      AuditLogResolver,
      AuditEventConnectionResolver,
      AuditActorResolver,
      AuditTargetResolver,
      UserHistoryResolver,
    ],
    // The use cases validate inputs, together with the rules that need the database.
    validate: false,
  });
  return enforceAccess(
    describeRoots(enforceOneOf(specifyScalars(answerGlobalIds(answerUserErrors(schema))))),
  );
}
