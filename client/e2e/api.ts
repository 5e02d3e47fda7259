import { DEMO_PASSWORD } from './harness';

interface SignInAnswer {
  session: { accessToken: string } | null;
  challenge: { token: string; steps: string[] } | null;
  userErrors: { code: string }[];
}

type Outcome = 'signed in' | { steps: string[] } | { refused: string[] };

/** Signs in through the API, without the page and its cookies, and returns what came of it. */
export async function trySignIn(url: string, username: string, password = DEMO_PASSWORD): Promise<Outcome> {
  const { session, challenge, userErrors } = await signIn(url, username, password);
  if (session) return 'signed in';
  if (challenge) return { steps: challenge.steps };
  return { refused: userErrors.map(({ code }) => code) };
}

/** What a program of this user gets for a query. */
export async function queryAs<Data>(
  url: string,
  username: string,
  query: string,
  variables: object = {},
): Promise<Data> {
  const { session } = await signIn(url, username, DEMO_PASSWORD);
  return post<Data>(url, { query, variables }, { authorization: `Bearer ${session!.accessToken}` });
}

/** Ends the session of every page that this user has open. */
export async function endOtherSessions(url: string, username: string): Promise<void> {
  await queryAs(url, username, 'mutation { endOtherSessions { endedSessions } }');
}

export async function signIn(url: string, username: string, password: string): Promise<SignInAnswer> {
  const query = `mutation ($username: String!, $password: String!) {
    signIn(input: { username: $username, password: $password }) {
      session { accessToken }
      challenge { token steps }
      userErrors { code }
    }
  }`;
  return (await post<{ signIn: SignInAnswer }>(url, { query, variables: { username, password } })).signIn;
}

export async function post<Data>(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: object[] };
  if (!data || errors) throw new Error(`The API refused: ${JSON.stringify(errors)}`);
  return data;
}
