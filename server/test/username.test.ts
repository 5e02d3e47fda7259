import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten } from './stored-rows';
import { mutate } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let other: BuiltUser;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  const globex = await buildOrganization(service, 'Globex');
  administrator = await buildPerson(service, acme, 'administrator');
  other = await buildUser(service, acme);
  await buildUser(service, acme, { username: 'ädmin@example.com' });
  await buildUser(service, globex, { username: 'weiß@example.com' });
  await buildUser(service, acme, { username: 'user@bücher.example' });
});

async function problemsWith(username: string): Promise<(readonly string[])[]> {
  const created = await mutate(service, administrator.token, 'createUser', {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username,
    password: PASSWORD,
    phone: '+1 202 555 0143',
    roleId: acme.roles.agent,
  });
  const free = created.user ? `x${username}` : username;
  const updated = await mutate(service, administrator.token, 'updateUser', { id: other.id, username: free });
  return [created.problems, updated.problems];
}

const TAKEN = ['input.username USERNAME_TAKEN'];

test.each([
  ['as it is', 'ädmin@example.com'],
  ['in upper case', 'ÄDMIN@EXAMPLE.COM'],
  ['in mixed case', 'Ädmin@Example.com'],
  ['decomposed', 'a\u0308dmin@example.com'],
  ['decomposed in upper case', 'A\u0308DMIN@example.com'],
  ['in full width', 'äｄｍｉｎ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['with white space around it', '  ädmin@example.com '],
  ['with its domain in ASCII', 'user@xn--bcher-kva.example'],
  ['with its domain in upper case', 'user@BÜCHER.example'],
  ['with its domain decomposed', 'user@bu\u0308cher.example'],
  ['in another organization', 'weiß@example.com'],
  ['in another organization in upper case', 'WEISS@EXAMPLE.COM'],
  ['in another organization in lower case', 'weiss@example.com'],
])('a username is taken %s', async (_spelling, username) => {
  await expectNothingWritten(service, async () => {
    expect(await problemsWith(username)).toEqual([TAKEN, TAKEN]);
  });
});

test.each([
  ['without its accent', 'admin@example.com'],
  ['with another accent', 'ádmin@example.com'],
  ['with one more letter', 'ädmin1@example.com'],
  ['with a Cyrillic а', 'аdmin@example.com'],
  ['at another domain', 'ädmin@example.org'],
  ['at a domain without its umlaut', 'user@bucher.example'],
])('another person has the username %s', async (_spelling, username) => {
  expect(await problemsWith(username)).toEqual([[], []]);
});

test('a user may spell their own username anew', async () => {
  const { user } = await mutate(service, administrator.token, 'updateUser', {
    id: other.id,
    username: 'Own.Name@example.com',
  });
  expect(user?.username).toBe('Own.Name@example.com');
  const again = await mutate(service, administrator.token, 'updateUser', {
    id: other.id,
    username: 'own.name@EXAMPLE.com',
  });
  expect(again.user?.username).toBe('own.name@EXAMPLE.com');
});

test('a username that someone gave up is free', async () => {
  const user = await buildUser(service, acme, { username: 'given.up@example.com' });
  await mutate(service, administrator.token, 'updateUser', { id: user.id, username: 'moved@example.com' });
  expect(await problemsWith('given.up@example.com')).toEqual([[], []]);
});

test('of two users who are renamed to the same username at once, one gets it', async () => {
  for (let run = 0; run < 10; run += 1) {
    const users = [await buildUser(service, acme), await buildUser(service, acme)];
    const outcomes = await Promise.all(
      users.map(({ id }, index) =>
        mutate(service, administrator.token, 'updateUser', {
          id,
          username: `${index ? 'Same' : 'same'}${run}@example.com`,
        }),
      ),
    );
    expect(outcomes.map(({ problems }) => problems)).toEqual(
      expect.arrayContaining([[], ['input.username USERNAME_TAKEN']]),
    );
  }
});
