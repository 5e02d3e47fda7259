import {
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  rowIdOf,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { expectNothingWritten, rowsOf } from './stored-rows';
import { mutate, readUser, type UserMutation } from './user-mutations';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let targetId: string;
let counter = 0;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  targetId = (await buildUser(service, acme)).id;
});

function inputOf(mutation: UserMutation, changed: Record<string, unknown>) {
  if (mutation === 'updateUser') return { id: targetId, ...changed };
  counter += 1;
  return {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: `field${counter}@example.com`,
    password: PASSWORD,
    phone: '+1 202 555 0143',
    roleId: acme.roles.agent,
    ...changed,
  };
}

/** The codes with which both ways to write a field refuse this value; the same ones, or the test fails. */
async function denials(field: string, value: unknown): Promise<string[]> {
  const codes = { createUser: [''], updateUser: [''] };
  for (const mutation of ['createUser', 'updateUser'] as const) {
    const outcome = await mutate(
      service,
      administrator.token,
      mutation,
      inputOf(mutation, { [field]: value }),
    );
    codes[mutation] = outcome.problems.map((problem) => problem.replace(`input.${field} `, ''));
    expect(outcome.user === null).toBe(outcome.problems.length > 0);
    // Frees the username for the second mutation.
    if (field === 'username' && outcome.user) await rename(outcome.user.id);
  }
  expect(codes.updateUser).toEqual(codes.createUser);
  return codes.createUser;
}

async function rename(id: string) {
  counter += 1;
  const renamed = { id, username: `renamed${counter}@example.com` };
  await mutate(service, administrator.token, 'updateUser', renamed);
}

/** An address of this length that is valid but for its length: no label longer than 63 characters. */
const addressOf = (length: number) => {
  const labels = 'abcdefghi.'.repeat(40);
  return `ada@${labels.slice(0, length - 8).replace(/\.$/, 'x')}.com`;
};

const LONG = 'x'.repeat(10_000);
const EMOJI = '😀'.repeat(2500);

test.each<[field: string, value: string]>([
  ['firstName', 'x'.repeat(100)],
  ['firstName', '😀'.repeat(50)],
  ['lastName', 'ß'.repeat(100)],
  ['lastName', 'ﷺ'.repeat(100)],
  ['username', addressOf(254)],
  ['phone', '112'],
  ['phone', '+1 (202) 555-0143 ext. 123456'],
  ['phone', '+49 1523 1234567890'.slice(0, 18)],
  ['phone', '1'.repeat(21)],
  ['phone', `${'1-'.repeat(15)}${'-'.repeat(10)}`],
  ['password', 'Aaaaaa'],
  ['password', `A${'a'.repeat(999)}`],
  ['password', 'Aa😀😀😀😀'],
  ['password', 'Öäöäöä'],
  ['password', 'Aa\u0000\ud800\r\n'],
])('accepts %s at its limits (%#)', async (field, value) => {
  expect(await denials(field, value)).toEqual([]);
});

test.each<[field: string, value: string, codes: string[]]>([
  ['firstName', 'x'.repeat(101), ['TOO_LONG']],
  ['firstName', '😀'.repeat(51), ['TOO_LONG']],
  ['firstName', LONG, ['TOO_LONG']],
  ['firstName', EMOJI, ['TOO_LONG']],
  ['lastName', 'x'.repeat(101), ['TOO_LONG']],
  ['lastName', LONG, ['TOO_LONG']],
  ['lastName', EMOJI, ['TOO_LONG']],
  ['username', addressOf(255), ['TOO_LONG']],
  ['username', `${LONG}@example.com`, ['TOO_LONG']],
  ['username', EMOJI, ['TOO_LONG']],
  ['phone', '1'.repeat(22), ['INVALID_PHONE']],
  ['phone', '1'.repeat(41), ['TOO_LONG']],
  ['phone', LONG, ['TOO_LONG']],
  ['phone', EMOJI, ['TOO_LONG']],
  ['password', 'Aa1', ['PASSWORD_TOO_SHORT']],
  ['password', 'Aa😀😀', ['PASSWORD_TOO_SHORT']],
  ['password', `A${'a'.repeat(1000)}`, ['TOO_LONG']],
  ['password', `Aa${EMOJI}`, ['TOO_LONG']],
  ['password', 'aaaaaa', ['PASSWORD_NEEDS_UPPERCASE']],
  ['password', 'AAAAAA', ['PASSWORD_NEEDS_LOWERCASE']],
  ['password', '123456', ['PASSWORD_NEEDS_LOWERCASE', 'PASSWORD_NEEDS_UPPERCASE']],
  ['password', '😀😀😀😀😀😀', ['PASSWORD_NEEDS_LOWERCASE', 'PASSWORD_NEEDS_UPPERCASE']],
])('refuses %s beyond its limits (%#)', async (field, value, codes) => {
  await expectNothingWritten(service, async () => {
    expect(await denials(field, value)).toEqual(codes);
  });
});

test.each(['firstName', 'lastName', 'username', 'phone', 'password'])('refuses a blank %s', async (field) => {
  for (const blank of ['', ' ', '\t\r\n', '\u00a0\u3000\ufeff']) {
    expect(await denials(field, blank)).toEqual(['REQUIRED']);
  }
});

const INVISIBLE: Record<string, string> = {
  NUL: '\u0000',
  'a line feed': '\n',
  'CR LF': '\r\n',
  tab: '\t',
  escape: '\u001b',
  delete: '\u007f',
  'a C1 control': '\u0085',
  'a soft hyphen': '\u00ad',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a zero-width non-joiner': '\u200c',
  'a left-to-right mark': '\u200e',
  'a right-to-left override': '\u202e',
  'an isolate': '\u2066',
  'a line separator': '\u2028',
  'a word joiner': '\u2060',
  'a byte order mark': '\ufeff',
  'a tag character': '\u{e0041}',
  'a lone high surrogate': '\ud83d',
  'a lone low surrogate': '\ude00',
};

test.each(Object.entries(INVISIBLE))('refuses %s in names and usernames', async (_what, character) => {
  expect(await denials('firstName', `Ada${character}m`)).toEqual(['INVALID_CHARACTERS']);
  expect(await denials('lastName', `Ada${character}m`)).toEqual(['INVALID_CHARACTERS']);
  expect(await denials('username', `ada${character}m@example.com`)).toEqual(['INVALID_CHARACTERS']);
});

test.each([
  ['a variation selector', '\ufe0f'],
  ['a combining grapheme joiner', '\u034f'],
  ['a Hangul filler', '\u3164'],
])('refuses %s in usernames, where one must not look like another', async (_what, character) => {
  expect(await denials('username', `ada${character}m@example.com`)).toEqual(['INVALID_CHARACTERS']);
  expect(await denials('firstName', `Ada${character}m`)).toEqual([]);
});

test.each([
  'ada',
  '@example.com',
  'ada@',
  'ada@example',
  'ada@@example.com',
  'ada@example..com',
  'ada lovelace@example.com',
  'Ada <ada@example.com>',
  '<ada@example.com>',
  'ada@example.com, eve@example.com',
  'ada@example.com;eve@example.com',
  '"ada"@exam ple.com',
  'ada@127.0.0.1',
  'ada@[127.0.0.1]',
  'javascript:alert(1)@example.com/',
  "' OR 1=1 --",
  `${'x'.repeat(65)}@example.com`,
  '😀@example.com',
])('"%s" is no email address', async (username) => {
  expect(await denials('username', username)).toEqual(['INVALID_EMAIL']);
});

test.each(['ada+list@example.com', "o'neil@example.com", 'ädmin@example.com', 'ada@exämple.com', 'a@b.co'])(
  '"%s" is an email address',
  async (username) => {
    expect(await denials('username', username)).toEqual([]);
  },
);

test.each([
  '12',
  '٠٢',
  '+1 202',
  '+999 12345678',
  '+0049 30 123456',
  '+1 202 555 0143 555 0143',
  '+',
  '()',
  '1234a',
  '+1 202 555 0143 Eve',
  '++1 202',
  '1;2;3',
  '=1+1',
  '@123',
  'x123',
])('"%s" is no phone number', async (phone) => {
  expect(await denials('phone', phone)).toEqual(['INVALID_PHONE']);
});

test.each([
  'O’Neil',
  "D'Arcy",
  'Müller-Lüdenscheidt',
  '李小龍',
  'محمد',
  '=SUM(A1)',
  '<b>Bold</b>',
  '${x}',
  '-',
])('"%s" is a name, kept unchanged', async (lastName) => {
  const { user } = await mutate(service, administrator.token, 'updateUser', { id: targetId, lastName });
  expect(user?.lastName).toBe(lastName);
  expect((await readUser(service, administrator.token, targetId))?.lastName).toBe(lastName);
});

test('what a name is sorted by is cut between characters, not within one', async () => {
  // As compatible letters ﷺ is 18 characters long, and the limit of 191 falls into the middle of the emoji.
  const start = `${'ﷺ'.repeat(10)}${'a'.repeat(10)}`;
  const { id } = await buildUser(service, acme, { firstName: `${start}😀` });
  const row = (await rowsOf(service, 'user')).find((user) => user.id === rowIdOf(id));
  expect(row!.first_name_key).toBe(start.normalize('NFKC'));
});

async function kept(field: 'firstName' | 'lastName' | 'username' | 'phone', value: string) {
  const { user, problems } = await mutate(service, administrator.token, 'updateUser', {
    id: targetId,
    [field]: value,
  });
  return problems.length > 0 ? problems : user?.[field];
}

test.each([
  ['Persian', 'نسرین\u200cدخت'],
  ['Arabic, behind a vowel mark', 'نَ\u200cم'],
  ['Devanagari', 'क्\u200dष'],
  ['Malayalam', 'ന്\u200d'.concat('മ')],
  ['Sinhala', 'ශ්\u200dරී'],
  ['a family of emoji', '👩\u200d👩\u200d👧'],
  ['an emoji with a skin tone and a profession', '👩🏽\u200d💻'],
  ['an emoji with a variation selector', '❤\ufe0f\u200d🔥'],
])('joiners are spelling in a name in %s', async (_script, name) => {
  expect(await kept('firstName', name)).toBe(name);
});

test.each([
  ['between Latin letters', 'Ada\u200dm', 'Ada'],
  ['between Cyrillic letters', 'Ива\u200cн', 'Ива'],
  ['twice', 'نسرین\u200c\u200cدخت', 'نسرین'],
  ['between a letter and an emoji', 'Ada\u200d👧', 'Ada'],
  ['a word joiner', 'Ada \u2060Lovelace', 'Ada '],
])(
  'a joiner that is no spelling is refused, and the sentence says where: %s',
  async (_what, firstName, start) => {
    const { data } = await service.graphql(
      `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code field message } } }`,
      { input: { id: targetId, firstName } },
      { token: administrator.token },
    );
    expect(data.updateUser.userErrors).toEqual([
      {
        code: 'INVALID_CHARACTERS',
        field: ['input', 'firstName'],
        message: `First name has a control or invisible character after “${start}”.`,
      },
    ]);
  },
);

test.each(['\u200b', '\u200e', '\u202a', '\ufeff', '\u00ad', '\u2060', ' \u200f\t', '\u200d'])(
  'what is pasted along at the ends is dropped (%#)',
  async (character) => {
    expect(await kept('lastName', `${character}Lovelace${character}`)).toBe('Lovelace');
    expect(await kept('username', `${character}ada.l@example.com${character}`)).toBe('ada.l@example.com');
    expect(await kept('phone', `${character}+12025550143${character}`)).toBe('+1 202 555 0143');
  },
);

test('a name is found with and without its joiners', async () => {
  const { id } = await buildUser(service, acme, { firstName: 'نسرین\u200cدخت' });
  for (const search of ['نسرین\u200cدخت', 'نسریندخت']) {
    const query = 'query ($search: String) { users(search: $search) { nodes { id } } }';
    const { data } = await service.graphql(query, { search }, { token: administrator.token });
    expect(data.users.nodes).toContainEqual({ id });
  }
});

test.each([
  ['+12025550143', '+1 202 555 0143'],
  ['\u202a+1 (202) 555-0143\u202c', '+1 202 555 0143'],
  ['+1–202–555–0143', '+1 202 555 0143'],
  ['＋４４ ２０ ７９４６ ００００', '+44 20 7946 0000'],
  ['+٤٤ ٢٠ ٧٩٤٦ ٠٠٠٠', '+44 20 7946 0000'],
  ['+९१ ९८७६५ ४३२१०', '+91 98765 43210'],
  ['+49.30/901820', '+49 30 901820'],
  ['(+49) 30 901820', '+49 30 901820'],
  ['tel:+49-30-901820', '+49 30 901820'],
  ['+1 202 555 0143 x12', '+1 202 555 0143 ext. 12'],
  ['020‑20', '020-20'],
  ['٠٢٠٢٠', '02020'],
])('the phone %s is kept as %s', async (given, shown) => {
  expect(await kept('phone', given)).toBe(shown);
});

test('phones are found by their digits, however they are grouped', async () => {
  const { id } = await buildUser(service, acme, { phone: '+44 20 7946 0999' });
  const query = 'query ($search: String) { users(search: $search) { nodes { id } } }';
  for (const search of ['+44 20 7946 0999', '2079460999', '20-7946 0999', '79460999']) {
    const { data } = await service.graphql(query, { search }, { token: administrator.token });
    expect([search, data.users.nodes]).toEqual([search, [{ id }]]);
  }
});
