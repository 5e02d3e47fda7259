import { buildRole, buildUser, signIn, type BuiltOrganization, type Person } from './builders';
import { CHEAP_HASH } from './cheap-hash';
import type { TestService } from './harness';
import { globalId } from '../src/global-id/global-id';

/** The ids of what calls are about, in one organization. */
export interface Targets {
  readonly user: string;
  /** The role of that user. */
  readonly role: string;
  /** A role without users. */
  readonly spareRole: string;
  /** A session of that user. */
  readonly session: string;
  readonly administrator: string;
  readonly organization: string;
}

let counter = 0;

/** New ones, without any permission, so that only the caller's permissions decide; and events about them. */
export async function buildTargets(
  service: TestService,
  organization: BuiltOrganization,
  administrator: Person,
): Promise<Targets> {
  counter += 1;
  const role = await buildRole(service, organization, `Target ${counter}`, []);
  const spareRole = await buildRole(service, organization, `Spare ${counter}`, []);
  const passwordHash = await CHEAP_HASH;
  const signedIn = await buildUser(service, organization, { roleId: role, passwordHash });
  const { accessToken } = await signIn(service, signedIn);
  const { data } = await service.graphql(
    '{ viewer { sessions { nodes { id } } } }',
    {},
    { token: accessToken },
  );
  const user = await buildUser(service, organization, { roleId: role, mfaEnabled: true });
  const changed = await service.graphql(
    `mutation ($name: String!) {
      updateUser(input: { id: "${user.id}", firstName: $name }) { userErrors { code } }
      updateRole(input: { id: "${role}", name: $name }) { userErrors { code } }
      updateOrganization(input: { name: $name }) { userErrors { code } }
    }`,
    { name: `Changed ${counter}` },
    { token: administrator.token },
  );
  const ok = { userErrors: [] };
  expect(changed.data).toEqual({ updateUser: ok, updateRole: ok, updateOrganization: ok });
  return {
    user: user.id,
    role,
    spareRole,
    session: data.viewer.sessions.nodes[0].id as string,
    administrator: administrator.id,
    organization: globalId('Organization', organization.id),
  };
}
