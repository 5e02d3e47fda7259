import { PASSWORD, type BuiltUser, type Tokens } from './builders';
import type { GraphQLAnswer, TestService } from './harness';
import { codeOf, type MfaUser } from './mfa-builders';

export interface SignInOutcome {
  readonly session: (Tokens & { readonly viewer: { readonly user: { readonly id: string } } }) | null;
  readonly challenge: { readonly token: string; readonly steps: string[]; readonly expiresAt: string } | null;
  /** Every user error as "path.of.the.field CODE", sorted. */
  readonly problems: readonly string[];
  readonly cookies: readonly string[];
}

export interface SetUpOutcome {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly qrCodeSvg: string;
  readonly problems: readonly string[];
}

export interface ConfirmOutcome {
  readonly recoveryCodes: readonly string[] | null;
  readonly signIn: SignInOutcome | null;
  readonly problems: readonly string[];
}

const ERRORS = 'userErrors { code field message }';
const SIGN_IN_FIELDS = `session { accessToken refreshToken viewer { user { id } } }
  challenge { token steps expiresAt } ${ERRORS}`;

const DOCUMENTS = {
  signIn: `mutation ($input: SignInInput!) { signIn(input: $input) { ${SIGN_IN_FIELDS} } }`,
  answerSignInChallenge: `mutation ($input: AnswerSignInChallengeInput!) {
    answerSignInChallenge(input: $input) { ${SIGN_IN_FIELDS} } }`,
  startMfaSetUp: `mutation ($input: StartMfaSetUpInput!) {
    startMfaSetUp(input: $input) { secret otpauthUri qrCodeSvg ${ERRORS} } }`,
  confirmMfaSetUp: `mutation ($input: ConfirmMfaSetUpInput!) {
    confirmMfaSetUp(input: $input) { recoveryCodes signIn { ${SIGN_IN_FIELDS} } ${ERRORS} } }`,
} as const;

interface Problem {
  readonly code: string;
  readonly field: readonly string[];
}

export function problemsOf(userErrors: readonly Problem[]): string[] {
  return userErrors.map(({ code, field }) => `${field.join('.')} ${code}`).sort();
}

async function run(
  service: TestService,
  name: keyof typeof DOCUMENTS,
  input: Record<string, unknown>,
  token: string | null = null,
): Promise<{ readonly payload: Record<string, unknown>; readonly cookies: string[] }> {
  const answer: GraphQLAnswer = await service.graphql(DOCUMENTS[name], { input }, { token });
  if (answer.errors) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
  return {
    payload: answer.data[name] as Record<string, unknown>,
    cookies: answer.headers.getSetCookie(),
  };
}

function toOutcome(payload: Record<string, unknown>, cookies: readonly string[]): SignInOutcome {
  const { session, challenge, userErrors } = payload;
  return {
    session: session as SignInOutcome['session'],
    challenge: challenge as SignInOutcome['challenge'],
    problems: problemsOf(userErrors as Problem[]),
    cookies,
  };
}

interface Credentials {
  readonly password?: string;
  /** As programs do; false for a browser, which gets a cookie. */
  readonly withRefreshToken?: boolean;
}

/** Username and password: the session, or the challenge. */
export async function beginSignIn(
  service: TestService,
  { username }: Pick<BuiltUser, 'username'>,
  { password = PASSWORD, withRefreshToken = true }: Credentials = {},
): Promise<SignInOutcome> {
  const { payload, cookies } = await run(service, 'signIn', { username, password, withRefreshToken });
  return toOutcome(payload, cookies);
}

/** The token of the challenge that signing in begins with. */
export async function challengeOf(
  service: TestService,
  user: Pick<BuiltUser, 'username'>,
  credentials: Credentials = {},
): Promise<string> {
  const { challenge, problems } = await beginSignIn(service, user, credentials);
  if (!challenge) throw new Error(`${user.username} got no challenge: ${problems.join()}`);
  return challenge.token;
}

export async function answerChallenge(
  service: TestService,
  { challengeToken, ...answer }: Record<string, unknown>,
): Promise<SignInOutcome> {
  const { payload, cookies } = await run(service, 'answerSignInChallenge', { challengeToken, answer });
  return toOutcome(payload, cookies);
}

/** Without a challenge token for the viewer whose access token this is, with their password. */
export async function startMfaSetUp(
  service: TestService,
  input: Record<string, unknown>,
  token: string | null = null,
): Promise<SetUpOutcome> {
  const password = token === null ? {} : { password: PASSWORD };
  const { payload } = await run(service, 'startMfaSetUp', { ...password, ...input }, token);
  return { ...(payload as unknown as SetUpOutcome), problems: problemsOf(payload.userErrors as Problem[]) };
}

export async function confirmMfaSetUp(
  service: TestService,
  input: Record<string, unknown>,
  token: string | null = null,
): Promise<ConfirmOutcome> {
  const { payload, cookies } = await run(service, 'confirmMfaSetUp', input, token);
  const signIn = payload.signIn as Record<string, unknown> | null;
  return {
    recoveryCodes: payload.recoveryCodes as string[] | null,
    signIn: signIn && toOutcome(signIn, cookies),
    problems: problemsOf(payload.userErrors as Problem[]),
  };
}

/** Password and code of the present step (or a later one): the tokens of a new session. */
export async function signInWithCode(service: TestService, user: MfaUser, later = 0): Promise<Tokens> {
  const challengeToken = await challengeOf(service, user);
  const mfaCode = codeOf(service, user.secret, later);
  const { session, problems } = await answerChallenge(service, { challengeToken, mfaCode });
  if (!session) throw new Error(`Signing in as ${user.username} failed: ${problems.join()}`);
  return session;
}

/** Whether the access token still opens anything. */
export async function isSignedIn(service: TestService, token: string): Promise<boolean> {
  const { data } = await service.graphql('{ viewer { user { id } } }', {}, { token });
  return data.viewer !== null;
}

const REFRESH = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) { session { accessToken refreshToken } ${ERRORS} } }`;

/** The next tokens, or null when the refresh token is refused. */
export async function refresh(service: TestService, refreshToken: string): Promise<Tokens | null> {
  const { data } = await service.graphql(REFRESH, { input: { refreshToken } });
  return data.refreshSession.session as Tokens | null;
}
