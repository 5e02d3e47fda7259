import { PASSWORD, type BuiltOrganization } from '../builders';
import type { TestService } from '../harness';
import { mutate } from '../user-mutations';

let counter = 0;

/** What a form would send for a new agent; each has a username of their own. */
export function newUser({ roles }: BuiltOrganization, changed: Record<string, unknown> = {}) {
  counter += 1;
  return {
    firstName: 'Hedda',
    lastName: 'Gabler',
    username: `invited${counter}@example.com`,
    password: PASSWORD,
    phone: '+47 22 00 00 00',
    roleId: roles.agent,
    ...changed,
  };
}

export interface InvitedUser {
  readonly id: string;
  readonly username: string;
}

/** Creates a user over the API, which invites them. */
export async function inviteUser(
  service: TestService,
  token: string,
  organization: BuiltOrganization,
  changed: Record<string, unknown> = {},
): Promise<InvitedUser> {
  const { user, problems } = await mutate(service, token, 'createUser', newUser(organization, changed));
  if (!user) throw new Error(problems.join());
  return user;
}

export interface InvitationAnswer {
  readonly state: 'QUEUED' | 'SENT' | 'FAILED' | 'ACCEPTED';
  readonly reason: string | null;
  readonly queuedAt: string;
  readonly sentAt: string | null;
}

export async function invitationOf(
  service: TestService,
  token: string,
  id: string,
): Promise<InvitationAnswer | null> {
  const { data, errors } = await service.graphql(
    'query ($id: ID!) { user(id: $id) { invitation { state reason queuedAt sentAt } } }',
    { id },
    { token },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.user.invitation as InvitationAnswer | null;
}

/** Answers the problems, each as "path CODE". */
export async function resendInvitation(
  service: TestService,
  token: string,
  userId: string,
): Promise<string[]> {
  const { data, errors } = await service.graphql(
    `mutation ($userId: ID!) {
      resendInvitation(input: { id: $userId }) { user { id } userErrors { code field } } }`,
    { userId },
    { token },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  const { userErrors } = data.resendInvitation as { userErrors: { code: string; field: string[] }[] };
  return userErrors.map(({ code, field }) => `${field.join('.')} ${code}`);
}
