import fc from 'fast-check';
import { permissionsNeededBy, type Permission } from '../../src/access/permissions';
import { wantedPermissions } from './random-organizations';

/** A mutation, with numbers for whom and what it is about: they mean something else in every organization. */
export interface Step {
  readonly kind: Kind;
  /** Of those whom the viewer can sign in as, the viewer among them. */
  readonly actor: number;
  readonly user: number;
  readonly role: number;
  readonly otherRole: number;
  readonly permissions: readonly Permission[];
}

/** The ids that the numbers of a step stand for in one organization. */
export interface Subjects {
  readonly userId: string;
  readonly roleId: string;
  readonly otherRoleId: string;
}

/** What an actor is told about a user and two roles before they act. */
export interface Told {
  readonly viewer: { readonly permissions: readonly string[] };
  readonly user: {
    readonly role: { readonly id: string };
    readonly viewerCanEdit: boolean;
    readonly viewerCanAssignRole: boolean;
    readonly viewerCanSetEnabled: boolean;
    readonly viewerCanResetMfa: boolean;
    readonly viewerCanResendInvitation: boolean;
  };
  readonly role: {
    readonly permissions: readonly string[];
    readonly viewerCanAssign: boolean;
    readonly viewerCanEdit: boolean;
    readonly viewerCanChangePermissions: boolean;
    readonly viewerCanDelete: boolean;
  };
  readonly otherRole: { readonly viewerCanAssign: boolean };
}

interface Work {
  /** The mutation, and what its input is. */
  readonly call: (step: Step, subjects: Subjects) => readonly [mutation: string, input: string];
  /** Whether the answers that the actor got before say that they may. */
  readonly isAllowed: (told: Told, step: Step, subjects: Subjects) => boolean;
  /** Whether whoever did it knows the password of the user then, or has their mailbox. */
  readonly givesControl?: true;
  /** What the user signs in with afterwards, where it changes. */
  readonly password?: string;
}

let counter = 0;
const unique = () => (counter += 1);

export const NEW_PASSWORD = 'Battery-Staple';

const namesOf = (permissions: readonly Permission[]) => permissions.map((name) => name.toUpperCase());

const holds =
  (permission: string) =>
  ({ viewer }: Told) =>
    viewer.permissions.includes(permission);

const holdsEvery = ({ viewer }: Told, permissions: readonly string[]) =>
  permissions.every((permission) => viewer.permissions.includes(permission));

const lacksNothing = (permissions: readonly Permission[]) =>
  permissions.flatMap(permissionsNeededBy).every((needed) => permissions.includes(needed));

const isSame = (some: readonly string[], others: readonly string[]) =>
  [...some].sort().join() === [...others].sort().join();

/** Every mutation by which someone can change what they or others may do, and what should decide it. */
export const WORK = {
  rename: {
    call: (_step, { userId }) => ['updateUser', `id: "${userId}", firstName: "Renamed ${unique()}"`],
    isAllowed: ({ user }) => user.viewerCanEdit,
  },
  setPassword: {
    call: (_step, { userId }) => ['updateUser', `id: "${userId}", password: "${NEW_PASSWORD}"`],
    isAllowed: ({ user }) => user.viewerCanEdit,
    givesControl: true,
    password: NEW_PASSWORD,
  },
  setMailbox: {
    call: (_step, { userId }) => [
      'updateUser',
      `id: "${userId}", username: "mailbox-${unique()}@example.com"`,
    ],
    isAllowed: ({ user }) => user.viewerCanEdit,
    givesControl: true,
  },
  assignRole: {
    call: (_step, { userId, roleId }) => ['updateUser', `id: "${userId}", roleId: "${roleId}"`],
    isAllowed: ({ user, role }, _step, { roleId }) =>
      user.role.id === roleId ? user.viewerCanEdit : user.viewerCanAssignRole && role.viewerCanAssign,
  },
  disable: {
    call: (_step, { userId }) => ['setUserEnabled', `id: "${userId}", enabled: false`],
    isAllowed: ({ user }) => user.viewerCanSetEnabled,
  },
  enable: {
    call: (_step, { userId }) => ['setUserEnabled', `id: "${userId}", enabled: true`],
    isAllowed: ({ user }) => user.viewerCanSetEnabled,
  },
  resetMfa: {
    call: (_step, { userId }) => ['resetMfa', `id: "${userId}", newPassword: "${NEW_PASSWORD}"`],
    isAllowed: ({ user }) => user.viewerCanResetMfa,
    givesControl: true,
    password: NEW_PASSWORD,
  },
  invite: {
    call: (_step, { userId }) => ['resendInvitation', `id: "${userId}"`],
    isAllowed: ({ user }) => user.viewerCanResendInvitation,
  },
  unlock: {
    call: (_step, { userId }) => ['unlockUser', `id: "${userId}"`],
    isAllowed: ({ user }) => user.viewerCanEdit,
  },
  endSessions: {
    call: (_step, { userId }) => ['endUserSessions', `id: "${userId}"`],
    isAllowed: ({ user }) => user.viewerCanEdit,
  },
  createUser: {
    call: (_step, { roleId }) => [
      'createUser',
      `firstName: "New", lastName: "User", username: "created-${unique()}@example.com",
       password: "${NEW_PASSWORD}", phone: "+1 202 555 0143", roleId: "${roleId}"`,
    ],
    isAllowed: (told) => holds('ADD_USER')(told) && told.role.viewerCanAssign,
    givesControl: true,
    password: NEW_PASSWORD,
  },
  createRole: {
    call: ({ permissions }) => [
      'createRole',
      `name: "Created ${unique()}", permissions: [${namesOf(permissions).join()}]`,
    ],
    isAllowed: (told, { permissions }) =>
      holds('MANAGE_ROLES')(told) && holdsEvery(told, namesOf(permissions)) && lacksNothing(permissions),
  },
  renameRole: {
    call: (_step, { roleId }) => ['updateRole', `id: "${roleId}", name: "Renamed ${unique()}"`],
    isAllowed: ({ role }) => role.viewerCanEdit,
  },
  changeRole: {
    call: ({ permissions }, { roleId }) => [
      'updateRole',
      `id: "${roleId}", permissions: [${namesOf(permissions).join()}]`,
    ],
    isAllowed: (told, { permissions }) =>
      isSame(told.role.permissions, namesOf(permissions))
        ? told.role.viewerCanEdit
        : told.role.viewerCanChangePermissions &&
          holdsEvery(told, namesOf(permissions)) &&
          lacksNothing(permissions),
  },
  copyRole: {
    call: (_step, { roleId }) => ['duplicateRole', `id: "${roleId}", name: "Copy ${unique()}"`],
    isAllowed: ({ role }) => role.viewerCanEdit,
  },
  deleteRole: {
    call: (_step, { roleId, otherRoleId }) => [
      'deleteRole',
      roleId === otherRoleId ? `id: "${roleId}"` : `id: "${roleId}", moveUsersToRoleId: "${otherRoleId}"`,
    ],
    isAllowed: (told, _step, { roleId, otherRoleId }) =>
      told.role.viewerCanDelete &&
      (roleId === otherRoleId || (told.otherRole.viewerCanAssign && holds('EDIT_USER')(told))),
  },
  setUpOrganization: {
    call: () => ['updateOrganization', `name: "Renamed ${unique()}", features: [TRAVEL_RULE]`],
    isAllowed: holds('MANAGE_ORGANIZATION'),
  },
} satisfies Record<string, Work>;

export type Kind = keyof typeof WORK;

export function workOf({ kind }: Step): Work {
  return WORK[kind];
}

export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...(Object.keys(WORK) as Kind[])),
  actor: fc.nat(),
  user: fc.nat(),
  role: fc.nat(),
  otherRole: fc.nat(),
  permissions: wantedPermissions,
});
