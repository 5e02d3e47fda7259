import { carryOut } from './audit-mutations';
import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { recordedChanges, rowsOf } from './stored-rows';
import { mutate, readUser } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
});

async function setCountry(phoneCountry: string | null): Promise<string[]> {
  const call = { input: { phoneCountry }, token: administrator.token };
  return (await carryOut(service, 'updateOrganization', call)).problems;
}

async function keptAs(phone: string): Promise<string | null | undefined> {
  const { id } = await buildUser(service, acme);
  const { user, problems } = await mutate(service, administrator.token, 'updateUser', { id, phone });
  return problems[0] ?? user?.phone;
}

test.each([
  ['DE', '030 901820', '+49 30 901820'],
  ['DE', '(030) 90 18 20', '+49 30 901820'],
  ['GB', '020 7946 0000', '+44 20 7946 0000'],
  ['US', '(202) 555-0143 x12', '+1 202 555 0143 ext. 12'],
  ['IR', '۰۲۱ ۲۲۳۳ ۴۴۵۵', '+98 21 2233 4455'],
  ['DE', '+1 202 555 0143', '+1 202 555 0143'],
  ['DE', '1', 'input.phone INVALID_PHONE'],
  ['US', '12', 'input.phone INVALID_PHONE'],
  ['US', '202 555', 'input.phone INVALID_PHONE'],
  ['US', '1'.repeat(21), 'input.phone INVALID_PHONE'],
])('in %s the number %s is kept as %s', async (country, given, kept) => {
  expect(await setCountry(country)).toEqual([]);
  expect(await keptAs(given)).toBe(kept);
});

test('without a country, and after it is taken away, local numbers are kept as they are', async () => {
  expect(await keptAs('030 901820')).toBe('030 901820');
  await setCountry('DE');
  expect(await setCountry(null)).toEqual([]);
  expect(await keptAs('030 901820')).toBe('030 901820');
});

test.each(['', ' ', 'de', 'XX', 'DEU', 'Germany', '49', 'D\u0000', 'constructor'])(
  '"%s" is no country, and nothing is changed',
  async (country) => {
    const before = await rowsOf(service, 'organization');
    expect(await setCountry(country)).toEqual([country.trim() === '' ? 'REQUIRED' : 'INVALID_COUNTRY']);
    expect((await rowsOf(service, 'organization')).map(({ phone_country }) => phone_country)).toEqual(
      before.map(({ phone_country }) => phone_country),
    );
  },
);

test('the other ways to give a phone follow it, too', async () => {
  await setCountry('DE');
  const { user } = await mutate(service, administrator.token, 'createUser', {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: 'ada.country@example.com',
    password: PASSWORD,
    phone: '030 901820',
    roleId: acme.roles.agent,
  });
  expect(user?.phone).toBe('+49 30 901820');
  const profile = async (phone: string) =>
    (await carryOut(service, 'updateProfile', { input: { phone }, token: administrator.token })).problems;
  expect(await profile('030 901821')).toEqual([]);
  expect((await readUser(service, administrator.token, administrator.id))?.phone).toBe('+49 30 901821');
  expect(await profile('30')).toEqual(['INVALID_PHONE']);
});

test('whoever changes another field leaves a phone of an earlier form alone, and the audit log tells of none', async () => {
  const { id } = await buildUser(service, acme);
  const phone = '+1 (202) 555-0143';
  await service.app.database.writer.query('UPDATE user SET phone = ? WHERE id = ?', [
    phone,
    Number(id.split('_')[1]),
  ]);
  await setCountry('DE');
  await mutate(service, administrator.token, 'updateUser', { id, firstName: 'Grace' });
  expect((await readUser(service, administrator.token, id))?.phone).toBe(phone);
  const last = (await recordedChanges(service)).at(-1);
  const changes = JSON.parse(String(last?.changes)) as { field: string }[];
  expect(changes.map(({ field }) => field)).toEqual(['firstName']);
});

test('the change of the country is in the audit log', async () => {
  await setCountry('DE');
  const last = (await recordedChanges(service)).at(-1);
  expect(JSON.parse(String(last?.changes))).toEqual([{ field: 'phoneCountry', before: null, after: 'DE' }]);
});
