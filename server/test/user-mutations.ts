import type { TestService } from './harness';

export interface UserAnswer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly externalId: string | null;
  readonly phone: string | null;
  readonly enabled: boolean;
  readonly mfaEnabled: boolean;
  readonly forceMfa: boolean;
  readonly mfaRequired: boolean;
  readonly forcePasswordReset: boolean;
  readonly version: number;
  readonly role: { readonly id: string; readonly name: string };
}

export interface Outcome {
  readonly user: UserAnswer | null;
  readonly endedSessions: number;
  /** Every user error as "path.of.the.field CODE", sorted. */
  readonly problems: readonly string[];
}

export const USER_FIELDS = `id firstName lastName username externalId phone enabled mfaEnabled forceMfa mfaRequired
  forcePasswordReset version role { id name }`;

const ERRORS = 'userErrors { code field message }';
const DOCUMENTS = {
  createUser: `mutation ($input: CreateUserInput!) {
    createUser(input: $input) { user { ${USER_FIELDS} } ${ERRORS} } }`,
  updateUser: `mutation ($input: UpdateUserInput!) {
    updateUser(input: $input) { user { ${USER_FIELDS} } endedSessions ${ERRORS} } }`,
  setUserEnabled: `mutation ($input: SetUserEnabledInput!) {
    setUserEnabled(input: $input) { user { ${USER_FIELDS} } endedSessions ${ERRORS} } }`,
  resetMfa: `mutation ($input: ResetMfaInput!) {
    resetMfa(input: $input) { user { ${USER_FIELDS} } endedSessions ${ERRORS} } }`,
} as const;

export type UserMutation = keyof typeof DOCUMENTS;

interface UserErrorAnswer {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

/** Carries out a mutation over the API. Throws when it fails in any other way than with user errors. */
export async function mutate(
  service: TestService,
  token: string,
  mutation: UserMutation,
  input: Record<string, unknown>,
): Promise<Outcome> {
  const { data, errors } = await service.graphql(DOCUMENTS[mutation], { input }, { token });
  if (errors) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
  const { user, endedSessions, userErrors } = data[mutation] as {
    user: UserAnswer | null;
    endedSessions?: number;
    userErrors: UserErrorAnswer[];
  };
  const problems = userErrors.map(({ code, field }) => `${field.join('.')} ${code}`).sort();
  return { user, endedSessions: endedSessions ?? 0, problems };
}

/** The code of the one top-level error that a mutation is refused with. */
export async function errorCodeOf(
  service: TestService,
  token: string | null,
  mutation: UserMutation,
  input: Record<string, unknown>,
): Promise<string | undefined> {
  const { errors } = await service.graphql(DOCUMENTS[mutation], { input }, { token });
  return errors?.[0]?.extensions.code;
}

/** A user as anyone in their organization with view_users sees them. */
export async function readUser(service: TestService, token: string, id: string): Promise<UserAnswer | null> {
  const { data } = await service.graphql(
    `query ($id: ID!) { user(id: $id) { ${USER_FIELDS} } }`,
    { id },
    { token },
  );
  return data.user as UserAnswer | null;
}
