import { buildOrganization, buildPerson, buildUser, type BuiltUser, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let viewer: Person;
let ada: BuiltUser;
let stranger: BuiltUser;

beforeAll(async () => {
  service = await startService();
  const acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  viewer = await buildPerson(service, acme, 'viewer');
  ada = await buildUser(service, acme, { username: 'Ädm@bücher.example', externalId: 'Employee-é 7' });
  stranger = await buildUser(service, globex, { username: 'eve@example.com', externalId: 'Stranger' });
});

async function found(by: Record<string, unknown>, token: string = viewer.token) {
  const { data, errors } = await service.graphql(
    'query ($by: FindUserInput!) { findUser(by: $by) { id } }',
    { by },
    { token },
  );
  return errors ? errors[0]!.extensions.code : (data.findUser?.id ?? null);
}

test.each([
  ['its id', () => ({ id: ada.id })],
  ['its username', () => ({ username: 'Ädm@bücher.example' })],
  ['its username in other letters', () => ({ username: ' ÄDM@xn--bcher-kva.EXAMPLE ' })],
  ['its external id', () => ({ externalId: 'Employee-é 7' })],
  ['its external id with white space around', () => ({ externalId: ' Employee-é 7\n' })],
])('a user is found by %s', async (_what, by) => {
  expect(await found(by())).toBe(ada.id);
});

test.each([
  ['an id of another type', () => ({ id: ada.id.replace('user', 'role') })],
  ['the id of a stranger', () => ({ id: stranger.id })],
  ['the username of a stranger', () => ({ username: 'eve@example.com' })],
  ['the external id of a stranger', () => ({ externalId: 'Stranger' })],
  ['another username', () => ({ username: 'adm@bücher.example' })],
  ['an external id in other letters', () => ({ externalId: 'employee-é 7' })],
  ['an external id without its accent', () => ({ externalId: 'Employee-e 7' })],
  ['an external id in other bytes', () => ({ externalId: 'Employee-e\u0301 7' })],
  ['an empty id', () => ({ id: '' })],
  ['an empty username', () => ({ username: '' })],
  ['an empty external id', () => ({ externalId: '' })],
  ['a long text', () => ({ externalId: 'x'.repeat(10_000) })],
  ['half an emoji', () => ({ externalId: '\ud83d' })],
])('nobody is found by %s', async (_what, by) => {
  expect(await found(by())).toBeNull();
});

test.each([[{}], [{ id: 'user_1', username: 'a@b.co' }], [{ id: null }], [{ externalId: null }]])(
  'it takes exactly one field, not %j',
  async (by) => {
    expect(await found(by)).toBe('BAD_USER_INPUT');
  },
);

test('it needs the permission to see users', async () => {
  const acme = await buildOrganization(service);
  const agent = await buildPerson(service, acme, 'agent');
  expect(await found({ id: agent.id }, agent.token)).toBe('FORBIDDEN');
});
