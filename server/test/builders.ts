import { ALL_PERMISSIONS, type Permission } from '../src/access/permissions';
import { transaction } from '../src/database/transaction';
import { globalId, parseAnyGlobalId } from '../src/global-id/global-id';
import { Organization } from '../src/organizations/organization.entity';
import { Role, roleNameColumns } from '../src/roles/role.entity';
import { insertUser, type NewUser } from '../src/user-management/insert-user';
import { hashPasswordNow } from '../src/passwords/password';
import { User } from '../src/users/user.entity';
import type { TestService } from './harness';

export const PASSWORD = 'Correct-Horse';

/** The number of the row that a global id stands for. Throws for anything else. */
export function rowIdOf(id: string): number {
  const reference = parseAnyGlobalId(id);
  if (!reference) throw new Error(`${id} is no id.`);
  return reference.id;
}

let passwordHash: Promise<string> | null = null;
let counter = 0;

export interface BuiltOrganization {
  readonly id: number;
  /** Role ids by name. */
  readonly roles: Readonly<Record<keyof typeof ROLES, string>>;
}

/** One role for each kind of caller that tests need. */
export const ROLES = {
  administrator: ALL_PERMISSIONS,
  manager: ['view_users', 'edit_user', 'set_user_enabled', 'view_customers', 'access_calls'],
  viewer: ['view_users'],
  agent: ['view_customers', 'access_calls'],
} as const satisfies Record<string, readonly Permission[]>;

export async function buildOrganization({ app }: TestService, name = 'Acme'): Promise<BuiltOrganization> {
  const now = new Date();
  return transaction(app.database, async (tx) => {
    const organization = await tx.insert(Organization, {
      name,
      features: [],
      administrationVersion: 0,
      createdAt: now,
      updatedAt: now,
    });
    const id = organization.identifiers[0]!.id as number;
    const roles: Record<string, string> = {};
    for (const [role, permissions] of Object.entries(ROLES)) {
      const { identifiers } = await tx.insert(Role, {
        organizationId: id,
        ...roleNameColumns(role),
        permissions: [...permissions],
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      roles[role] = globalId('Role', identifiers[0]!.id as number);
    }
    return { id, roles: roles as BuiltOrganization['roles'] };
  });
}

/** One more role, with exactly these permissions. Answers its id. */
export async function buildRole(
  { app }: TestService,
  organization: BuiltOrganization,
  name: string,
  permissions: readonly Permission[],
): Promise<string> {
  const now = new Date();
  const { identifiers } = await transaction(app.database, (tx) =>
    tx.insert(Role, {
      organizationId: organization.id,
      ...roleNameColumns(name),
      permissions: [...permissions],
      version: 1,
      createdAt: now,
      updatedAt: now,
    }),
  );
  return globalId('Role', identifiers[0]!.id as number);
}

export interface BuiltUser {
  readonly id: string;
  readonly username: string;
}

type UserOverrides = Partial<Omit<NewUser, 'organizationId' | 'roleId'>> &
  Partial<Pick<User, 'enabled' | 'mfaEnabled' | 'lastSignInAt'>> & {
    readonly role?: keyof typeof ROLES;
    /** Instead of `role`, one that buildRole made. */
    readonly roleId?: string;
  };

/** A user with the password of all tests, straight into the database. */
export async function buildUser(
  { app }: TestService,
  organization: BuiltOrganization,
  {
    role = 'agent',
    roleId = organization.roles[role],
    enabled = true,
    mfaEnabled = false,
    lastSignInAt = null,
    ...overrides
  }: UserOverrides = {},
): Promise<BuiltUser> {
  passwordHash ??= hashPasswordNow(PASSWORD);
  counter += 1;
  const user: NewUser = {
    organizationId: organization.id,
    roleId: rowIdOf(roleId),
    firstName: 'Sam',
    lastName: `Sample ${counter}`,
    username: `user${counter}@example.com`,
    phone: '+1 202 555 0143',
    passwordHash: await passwordHash,
    forcePasswordReset: false,
    forceMfa: false,
    now: new Date(),
    ...overrides,
  };
  const id = await transaction(app.database, async (tx) => {
    const inserted = await insertUser(tx, user);
    await tx.update(User, { id: inserted }, { enabled, mfaEnabled, lastSignInAt });
    return inserted;
  });
  return { id: globalId('User', id), username: user.username };
}

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken refreshToken } userErrors { code } }
}`;

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export async function signIn(
  service: TestService,
  { username }: Pick<BuiltUser, 'username'>,
): Promise<Tokens> {
  const answer = await service.graphql(SIGN_IN, {
    input: { username, password: PASSWORD, withRefreshToken: true },
  });
  const { session, userErrors } = answer.data.signIn;
  if (!session) throw new Error(`Signing in as ${username} failed: ${JSON.stringify(userErrors)}`);
  return session as Tokens;
}

export interface Person extends BuiltUser {
  readonly token: string;
}

/** A user of this role, signed in. */
export async function buildPerson(
  service: TestService,
  organization: BuiltOrganization,
  role: keyof typeof ROLES,
  overrides: UserOverrides = {},
): Promise<Person> {
  const user = await buildUser(service, organization, { role, ...overrides });
  return { ...user, token: (await signIn(service, user)).accessToken };
}
