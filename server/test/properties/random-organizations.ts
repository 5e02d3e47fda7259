import fc from 'fast-check';
import { ADMINISTRATION, ALL_PERMISSIONS, type Permission } from '../../src/access/permissions';
import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from '../builders';
import { CHEAP_HASH } from '../cheap-hash';
import type { TestService } from '../harness';

type Permissions = readonly Permission[];

/** From nothing to everything; often little, so that roles lie within what someone else may do. */
export const somePermissions: fc.Arbitrary<Permissions> = fc.oneof(
  fc.subarray([...ALL_PERMISSIONS]),
  fc.subarray(['view_users', 'edit_user', 'access_calls', 'manage_billing'] satisfies Permission[]),
  fc.subarray([...ALL_PERMISSIONS], { minLength: ALL_PERMISSIONS.length - 2 }),
  fc.constant(ADMINISTRATION),
);

export interface OrganizationPlan {
  readonly roles: readonly Permissions[];
  /** Of users, the number of the role. */
  readonly users: readonly {
    readonly role: number;
    readonly enabled: boolean;
    readonly mfaEnabled: boolean;
  }[];
  readonly viewer: Permissions;
}

/** With view_users: whoever has it can ask what they may do. */
const seeing = somePermissions.map((permissions) => [...new Set([...permissions, 'view_users' as const])]);

export const organizationPlan: fc.Arbitrary<OrganizationPlan> = fc.record({
  roles: fc.array(somePermissions, { minLength: 1, maxLength: 4 }),
  users: fc.array(fc.record({ role: fc.nat(), enabled: fc.boolean(), mfaEnabled: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
  viewer: seeing,
});

/** What a role is to get: now and then without what some of it needs, which is refused. */
export const wantedPermissions = fc.oneof(somePermissions, seeing);

export interface PlannedOrganization {
  readonly organization: BuiltOrganization;
  readonly roleIds: readonly string[];
  /** The viewer is the last one, and so is their role. */
  readonly users: readonly BuiltUser[];
  readonly viewer: Person;
}

export async function buildPlanned(
  service: TestService,
  { roles, users, viewer }: OrganizationPlan,
): Promise<PlannedOrganization> {
  const organization = await buildOrganization(service);
  const passwordHash = await CHEAP_HASH;
  const roleIds: string[] = [];
  for (const [number, permissions] of [...roles, viewer].entries()) {
    roleIds.push(await buildRole(service, organization, `Role ${number}`, permissions));
  }
  const built: BuiltUser[] = [];
  for (const { role, ...user } of users) {
    const roleId = roleIds[role % roleIds.length]!;
    built.push(await buildUser(service, organization, { ...user, roleId, passwordHash }));
  }
  const person = await buildPerson(service, organization, 'agent', {
    roleId: roleIds.at(-1)!,
    passwordHash,
  });
  return { organization, roleIds, users: [...built, person], viewer: person };
}

/** Ends finding the smallest example (ms) in time for the seed to be printed. */
export const SHRINKING_ENDS = { interruptAfterTimeLimit: 90_000 };
export const TEST_ENDS = 120_000;
