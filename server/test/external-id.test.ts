import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten, rowsOf } from './stored-rows';
import { mutate, type UserMutation } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let target: { readonly id: string };
let counter = 0;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  administrator = await buildPerson(service, acme, 'administrator');
  target = await buildUser(service, acme);
});

function write(mutation: UserMutation, externalId: unknown) {
  counter += 1;
  const created = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: `external${counter}@example.com`,
    password: PASSWORD,
    phone: '+1 202 555 0143',
    roleId: acme.roles.agent,
  };
  const input = mutation === 'createUser' ? created : { id: target.id };
  return mutate(service, administrator.token, mutation, { ...input, externalId });
}

const MUTATIONS = ['createUser', 'updateUser'] as const;

describe.each(MUTATIONS)('%s', (mutation) => {
  test.each([
    ['as it is', 'A/b:c#1', 'A/b:c#1'],
    ['with white space and letters of any script', 'Ж 7 李', 'Ж 7 李'],
    ['without white space and invisible characters around', ' \u200bB-2\u00a0\n', 'B-2'],
    ['with 191 characters', 'x'.repeat(191), 'x'.repeat(191)],
    ['with what another system might run', '=SUM(A1)', '=SUM(A1)'],
    ['decomposed', 'e\u0301', 'e\u0301'],
  ])('keeps an external id %s', async (_what, externalId, kept) => {
    const unique = mutation === 'createUser' ? externalId : externalId.replace(/x$/, 'y');
    const { user, problems } = await write(mutation, unique);
    expect(problems).toEqual([]);
    expect(user?.externalId).toBe(unique === externalId ? kept : unique);
    await write('updateUser', null);
    if (mutation === 'createUser') {
      await mutate(service, administrator.token, 'updateUser', { id: user!.id, externalId: null });
    }
  });

  test.each<[string, unknown, string]>([
    ['that is empty', '', 'REQUIRED'],
    ['that is blank', ' \t\u3000', 'REQUIRED'],
    ['with 192 characters', 'x'.repeat(192), 'TOO_LONG'],
    ['with 96 emoji', '😀'.repeat(96), 'TOO_LONG'],
    ['with a line feed', 'a\nb', 'INVALID_CHARACTERS'],
    ['with NUL', 'a\u0000b', 'INVALID_CHARACTERS'],
    ['with a zero-width space', 'a\u200bb', 'INVALID_CHARACTERS'],
    ['with a zero-width joiner between letters that are joined', 'ن\u200cم', 'INVALID_CHARACTERS'],
    ['with a variation selector', 'a\ufe0fb', 'INVALID_CHARACTERS'],
    ['with half an emoji', 'a\ud83db', 'INVALID_CHARACTERS'],
  ])('refuses an external id %s', async (_what, externalId, code) => {
    await expectNothingWritten(service, async () => {
      const { problems } = await write(mutation, externalId);
      expect(problems).toEqual([`input.externalId ${code}`]);
    });
  });

  test('takes null for none', async () => {
    const { user, problems } = await write(mutation, null);
    expect([user?.externalId, problems]).toEqual([null, []]);
  });
});

test('it stays when it is not given, and null clears it', async () => {
  await write('updateUser', 'stays');
  const renamed = await mutate(service, administrator.token, 'updateUser', {
    id: target.id,
    firstName: 'Other',
  });
  expect(renamed.user?.externalId).toBe('stays');
  expect((await write('updateUser', null)).user?.externalId).toBeNull();
});

test('the same one once more changes nothing', async () => {
  await write('updateUser', 'same');
  await expectNothingWritten(service, async () => {
    expect((await write('updateUser', ' same ')).problems).toEqual([]);
  });
  await write('updateUser', null);
});

test('the audit log tells of it in full', async () => {
  const { user } = await write('createUser', 'told-1');
  await mutate(service, administrator.token, 'updateUser', { id: user!.id, externalId: 'told-2' });
  await mutate(service, administrator.token, 'updateUser', { id: user!.id, externalId: null });
  const events = (await rowsOf(service, 'audit_event')).slice(-3);
  const changes = events.map((event) =>
    (JSON.parse(String(event.changes)) as { field: string }[]).filter(({ field }) => field === 'externalId'),
  );
  expect(changes).toEqual([
    [{ field: 'externalId', before: null, after: 'told-1' }],
    [{ field: 'externalId', before: 'told-1', after: 'told-2' }],
    [{ field: 'externalId', before: 'told-2', after: null }],
  ]);
});

test('it is compared byte by byte', async () => {
  const alike = ['Key', 'key', 'KEY', 'kéy', 'ke\u0301y', 'k ey', 'Ｋey'];
  for (const externalId of alike) expect((await write('createUser', externalId)).problems).toEqual([]);
  for (const externalId of alike) {
    for (const mutation of MUTATIONS) {
      expect((await write(mutation, `${externalId} `)).problems).toEqual([
        'input.externalId EXTERNAL_ID_TAKEN',
      ]);
    }
  }
});

test('it is taken within the organization only', async () => {
  const globex = await buildOrganization(service, 'Globex');
  await buildUser(service, globex, { externalId: 'elsewhere' });
  expect((await write('createUser', 'elsewhere')).problems).toEqual([]);
});

test('any number of users have none', async () => {
  for (let count = 0; count < 3; count += 1) {
    expect((await write('createUser', null)).problems).toEqual([]);
  }
});
