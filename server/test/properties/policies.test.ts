import fc from 'fast-check';
import { ALL_PERMISSIONS, type Permission } from '../../src/access/permissions';
import type { DenialReasons } from '../../src/access/denials';
import type { UserErrorCode } from '../../src/errors';
import type { Viewer } from '../../src/access/viewer';
import {
  assignmentErrors,
  denialsToChangePermissions,
  denialsToDeleteRole,
  denialsToEditRole,
} from '../../src/roles/role.policy';
import {
  denialsToAssignRole,
  denialsToEdit,
  denialsToResendInvitation,
  denialsToResetMfa,
  denialsToSetEnabled,
} from '../../src/users/user.policy';
import { somePermissions } from './random-organizations';

/** The answer of a policy for an actor with some permissions and a user or a role with others. */
type Policy = (viewer: Viewer, permissions: readonly Permission[], isOwn: boolean) => UserErrorCode[];

const ROLE_ID = 7;
const USER_ID = 3;

const towardsUser =
  (
    reasons: (viewer: Viewer, user: Parameters<typeof denialsToResendInvitation>[1]) => DenialReasons,
  ): Policy =>
  (viewer, permissions, isOwn) =>
    reasons(viewer, {
      id: isOwn ? viewer.userId : USER_ID,
      role: { permissions },
      mfaEnabled: true,
      enabled: true,
      lastSignInAt: null,
    });

const towardsRole =
  (
    reasons: (viewer: Viewer, role: { id: number; permissions: readonly Permission[] }) => DenialReasons,
  ): Policy =>
  (viewer, permissions, isOwn) =>
    reasons(viewer, { id: isOwn ? viewer.roleId : ROLE_ID, permissions });

/** Each policy, the permission that it asks for, and whether it is refused towards oneself. */
const POLICIES: readonly (readonly [string, Policy, Permission | null, closedToOwn: boolean])[] = [
  ['edit a user', towardsUser(denialsToEdit), 'edit_user', false],
  ['assign a role to a user', towardsUser(denialsToAssignRole), 'edit_user', true],
  ['enable or disable a user', towardsUser(denialsToSetEnabled), 'set_user_enabled', true],
  ['reset two-factor authentication of a user', towardsUser(denialsToResetMfa), 'reset_mfa', true],
  ['invite a user again', towardsUser(denialsToResendInvitation), 'add_user', false],
  ['edit a role', towardsRole(denialsToEditRole), 'manage_roles', false],
  ['change what a role allows', towardsRole(denialsToChangePermissions), 'manage_roles', true],
  ['delete a role', towardsRole(denialsToDeleteRole), 'manage_roles', true],
  [
    'give a role',
    (viewer, permissions) => assignmentErrors(viewer, { permissions }).map(({ code }) => code),
    null,
    false,
  ],
];

const viewerWith = (permissions: readonly Permission[]): Viewer => ({
  userId: 1,
  username: 'viewer@example.com',
  sessionId: 1,
  organizationId: 1,
  roleId: 1,
  permissions: new Set(permissions),
});

describe.each(POLICIES)('to %s', (_what, policy, needed, closedToOwn) => {
  test('takes the permission for it and all that the other one may do, and never oneself where that is closed', () => {
    fc.assert(
      fc.property(somePermissions, somePermissions, fc.boolean(), (held, others, isOwn) => {
        const isAllowed = policy(viewerWith(held), others, isOwn).length === 0;
        const isDue =
          (needed === null || held.includes(needed)) &&
          others.every((permission) => held.includes(permission)) &&
          !(isOwn && closedToOwn);
        expect(isAllowed).toBe(isDue);
      }),
    );
  });

  test('more permissions give no new reason against it, and more of the other one take none away', () => {
    const one = fc.constantFrom(...ALL_PERMISSIONS);
    fc.assert(
      fc.property(somePermissions, somePermissions, one, fc.boolean(), (held, others, more, isOwn) => {
        const reasons = policy(viewerWith(held), others, isOwn);
        expect(reasons).toEqual(expect.arrayContaining(policy(viewerWith([...held, more]), others, isOwn)));
        expect(policy(viewerWith(held), [...others, more], isOwn)).toEqual(expect.arrayContaining(reasons));
      }),
    );
  });
});
