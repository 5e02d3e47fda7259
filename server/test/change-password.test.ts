import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';
import { mutate, errorCodeOf } from './user-mutations';

const NEW_PASSWORD = 'Battery-Staple';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let user: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
});
beforeEach(async () => {
  user = await buildUser(service, acme);
});

const update = (input: Record<string, unknown>, token = administrator.token) =>
  mutate(service, token, 'updateUser', { id: user.id, ...input });

async function canSignIn(password: string): Promise<boolean> {
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    { input: { username: user.username, password } },
  );
  return data.signIn.session !== null;
}

test('a new password replaces the old one and ends the sessions of the user', async () => {
  const tokens = [await signIn(service, user), await signIn(service, user), await signIn(service, user)];
  await service.graphql('mutation { signOut { __typename } }', {}, { token: tokens[0]!.accessToken });
  const { endedSessions, user: after } = await update({ password: NEW_PASSWORD });
  expect(endedSessions).toBe(2);
  expect(after?.version).toBe(2);
  for (const { accessToken } of tokens) {
    expect(await errorCodeOf(service, accessToken, 'updateUser', { id: user.id })).toBe('UNAUTHENTICATED');
  }
  expect(await canSignIn(PASSWORD)).toBe(false);
  expect(await canSignIn(NEW_PASSWORD)).toBe(true);
});

test('a refused edit does not change the password either', async () => {
  const { accessToken } = await signIn(service, user);
  const before = await rowsOf(service, 'user_credential');
  await update({ password: NEW_PASSWORD, phone: 'none' });
  await update({ password: NEW_PASSWORD, expectedVersion: 99 });
  expect(await rowsOf(service, 'user_credential')).toEqual(before);
  const { data } = await service.graphql('{ viewer { user { id } } }', {}, { token: accessToken });
  expect(data.viewer.user.id).toBe(user.id);
});
