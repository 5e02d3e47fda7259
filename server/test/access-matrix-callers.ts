import { ALL_PERMISSIONS, permissionsNeededBy, type Permission } from '../src/access/permissions';
import { transaction } from '../src/database/transaction';
import { User } from '../src/users/user.entity';
import { rowIdOf, buildPerson, buildRole, buildUser, signIn, type BuiltOrganization } from './builders';
import { CHEAP_HASH } from './cheap-hash';
import type { TestService } from './harness';
import { buildMfaUser } from './mfa-builders';
import { challengeOf } from './sign-in-steps';

export interface Caller {
  readonly name: string;
  readonly token: string | null;
  /** What their role allows; null for callers without a session. */
  readonly permissions: readonly Permission[] | null;
  /** Which of the two organizations is theirs. */
  readonly home: 'own' | 'other';
}

/** One caller of each kind, each with the best token that this kind can get. */
export async function buildCallers(
  service: TestService,
  own: BuiltOrganization,
  other: BuiltOrganization,
): Promise<Caller[]> {
  const unauthenticated = Object.entries(await unauthenticatedTokens(service, own)).map(([name, token]) => {
    return { name, token, permissions: null, home: 'own' as const };
  });
  const passwordHash = await CHEAP_HASH;
  const holders: Caller[] = [];
  const kinds = ALL_PERMISSIONS.map((permission) => [permission, ...permissionsNeededBy(permission)]);
  for (const permissions of [[], ...kinds]) {
    const name = permissions.length === 0 ? 'without a permission' : `only ${permissions.join()}`;
    const roleId = await buildRole(service, own, name, permissions);
    const { token } = await buildPerson(service, own, 'agent', { roleId, passwordHash });
    holders.push({ name, token, permissions, home: 'own' });
  }
  const administrators: Caller[] = [
    {
      name: 'administrator',
      token: (await buildPerson(service, own, 'administrator')).token,
      permissions: ALL_PERMISSIONS,
      home: 'own',
    },
    {
      name: 'administrator of another organization',
      token: (await buildPerson(service, other, 'administrator')).token,
      permissions: ALL_PERMISSIONS,
      home: 'other',
    },
  ];
  return [...unauthenticated, ...holders, ...administrators];
}

/** Tokens that are not accepted, of users whose role would allow everything. */
async function unauthenticatedTokens(
  service: TestService,
  own: BuiltOrganization,
): Promise<Record<string, string | null>> {
  const role = 'administrator';
  const mfaUser = await buildMfaUser(service, own, { role });
  const mustChange = await buildUser(service, own, { role, forcePasswordReset: true });
  return {
    anonymous: null,
    disabled: await tokenOfDisabled(service, own),
    'asked for a code': await challengeOf(service, mfaUser),
    'asked for a new password': await challengeOf(service, mustChange),
  };
}

/** The session is left as it was: that the user is disabled must be enough. */
async function tokenOfDisabled(service: TestService, own: BuiltOrganization): Promise<string> {
  const user = await buildUser(service, own, { role: 'administrator' });
  const { accessToken } = await signIn(service, user);
  await transaction(service.app.database, (tx) =>
    tx.update(User, { id: rowIdOf(user.id) }, { enabled: false }),
  );
  return accessToken;
}
