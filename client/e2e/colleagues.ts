import type { BrowserContextOptions, Page } from 'playwright-core';
import { post, queryAs, signIn } from './api';
import { authenticatorFor, type Authenticator } from './authenticator';
import type { Rolecall } from './harness';
import { signInWith } from './sign-in-form';

export interface Colleague {
  readonly username: string;
  readonly password: string;
  /** As the list and the dialogs call them. */
  readonly name: string;
}

interface Demands {
  /** The name of one that the organization has. */
  readonly role?: string;
  readonly forcePasswordReset?: boolean;
  readonly forceMfa?: boolean;
}

/** Adds a user through the API; tests that look at the form for it fill that in instead. */
export async function addColleague(
  url: string,
  firstName: string,
  { role: roleName = 'Supervisor', forcePasswordReset = false, forceMfa = false }: Demands = {},
): Promise<Colleague> {
  const username = `${firstName.toLowerCase()}@example.com`;
  const password = 'Wild-Duck-1884';
  const { roles } = await queryAs<{ roles: { id: string; name: string }[] }>(
    url,
    'admin@example.com',
    '{ roles { id name } }',
  );
  const { createUser } = await queryAs<{ createUser: { userErrors: object[] } }>(
    url,
    'admin@example.com',
    `mutation ($input: CreateUserInput!) {
      createUser(input: $input) { userErrors { code field } }
    }`,
    {
      input: {
        firstName,
        lastName: 'Ekdal',
        username,
        password,
        phone: '+47 22 00 00 10',
        roleId: roles.find(({ name }) => name === roleName)!.id,
        forcePasswordReset,
        forceMfa,
      },
    },
  );
  expect(createUser.userErrors).toEqual([]);
  return { username, password, name: `${firstName} Ekdal` };
}

/** Sets up two-factor authentication for this colleague through the API, without a page. */
export async function setUpMfa(
  url: string,
  { username, password }: Colleague,
): Promise<{ authenticator: Authenticator; recoveryCodes: string[] }> {
  const { challenge } = await signIn(url, username, password);
  const challengeToken = challenge?.token;
  const { startMfaSetUp } = await post<{ startMfaSetUp: { otpauthUri: string } }>(url, {
    query: `mutation ($input: StartMfaSetUpInput!) { startMfaSetUp(input: $input) { otpauthUri } }`,
    variables: { input: { challengeToken } },
  });
  const authenticator = authenticatorFor(startMfaSetUp.otpauthUri);
  const { confirmMfaSetUp } = await post<{ confirmMfaSetUp: { recoveryCodes: string[] } }>(url, {
    query: `mutation ($input: ConfirmMfaSetUpInput!) { confirmMfaSetUp(input: $input) { recoveryCodes } }`,
    variables: { input: { challengeToken, code: await authenticator.nextCode() } },
  });
  return { authenticator, recoveryCodes: confirmMfaSetUp.recoveryCodes };
}

/** A browser profile of its own in which this colleague has just signed in and is at the wanted page. */
export async function openAs(
  rolecall: Rolecall,
  { username, password }: Colleague,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await rolecall.open(path, options);
  await signInWith(page, username, password);
  await page.waitForURL(path);
  return page;
}
