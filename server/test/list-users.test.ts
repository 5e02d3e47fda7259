import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { idsOf, listUsers, walkPages, type ListedUser } from './user-list';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let viewer: Person;
let everyone: readonly ListedUser[];

const FIRST_NAMES = [
  'Ada',
  'ada',
  'Ádám',
  'Zoë',
  'zoe',
  '😀',
  '😁',
  'ﬁona',
  'Ångström',
  'Ωmega',
  '李',
  '~tilde',
];
const LAST_NAMES = ['Straße', 'STRASSE', "O'Neil", 'de la Cruz', 'Öztürk', 'Łukasz'];
const PHONES = [null, '+44 20 7946 0000', '020 7946 0000', '(202) 555-0143', '1'];
const ROLES = ['agent', 'viewer', 'manager', 'agent'] as const;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service, 'Acme');
  globex = await buildOrganization(service, 'Globex');
  viewer = await buildPerson(service, acme, 'viewer');
  const start = new Date('2026-01-01T00:00:00.000Z').getTime();
  for (let index = 0; index < 40; index += 1) {
    // Every other user of the tables belongs to someone else.
    await buildUser(service, index % 2 ? acme : globex, { username: `neighbour${index}@example.com` });
    await buildUser(service, acme, {
      firstName: FIRST_NAMES[index % FIRST_NAMES.length]!,
      lastName: LAST_NAMES[index % LAST_NAMES.length]!,
      username: `${['é', 'e', 'É2', 'z'][index % 4]}.${40 - index}@example.com`,
      phone: PHONES[index % PHONES.length]!,
      role: ROLES[index % ROLES.length]!,
      enabled: index % 3 !== 0,
      mfaEnabled: index % 4 === 0,
      lastSignInAt: index % 3 === 0 ? null : new Date(start + (index % 7) * 1000 + (index % 2)),
      now: new Date(start + (index % 5) * 86_400_000 + (index % 3)),
    });
  }
  everyone = (await listUsers(service, viewer.token, { first: 100 })).nodes;
});

const normalize = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();

/** What each field sorts by, said once more and differently. */
const SORT_VALUES: Record<string, (user: ListedUser) => string | number | null> = {
  ID: ({ id }) => rowIdOf(id),
  FIRST_NAME: ({ firstName }) => normalize(firstName),
  LAST_NAME: ({ lastName }) => normalize(lastName),
  USERNAME: ({ username }) => normalize(username),
  PHONE: ({ phone }) => (phone ?? '').replace(/[^\d+]/g, ''),
  ROLE: ({ role }) => role.name,
  MFA: ({ mfaEnabled }) => Number(mfaEnabled),
  ENABLED: ({ enabled }) => Number(enabled),
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  LAST_SIGN_IN_AT: ({ lastSignInAt }) => lastSignInAt,
};
const FIELDS = Object.keys(SORT_VALUES);

interface Sort {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Users of equal values stand by id, the same way as the first field. */
function expectedIds(sort: readonly Sort[]): string[] {
  const keys = [...sort, { field: 'ID', direction: sort[0]?.direction ?? 'ASC' }];
  return [...everyone]
    .sort((a, b) => {
      for (const { field, direction } of keys) {
        const order = compare(SORT_VALUES[field]!(a), SORT_VALUES[field]!(b));
        if (order !== 0) return direction === 'ASC' ? order : -order;
      }
      return 0;
    })
    .map(({ id }) => id);
}

test('shows every user of the organization, and nobody else, by id', async () => {
  const page = await listUsers(service, viewer.token, { first: 100 });
  expect(page.nodes).toHaveLength(61);
  expect(page.totalCount).toBe(61);
  expect(idsOf(page)).toEqual(expectedIds([{ field: 'ID', direction: 'ASC' }]));
  const { data } = await service.graphql('{ users { nodes { id } } }', {}, { token: viewer.token });
  expect((data as { users: { nodes: object[] } }).users.nodes).toEqual(
    idsOf(page)
      .slice(0, 50)
      .map((id) => ({ id })),
  );
});

const SINGLE_SORTS = FIELDS.flatMap((field): Sort[] => [
  { field, direction: 'ASC' },
  { field, direction: 'DESC' },
]);

test.each(SINGLE_SORTS)('sorts by $field $direction', async (sort) => {
  expect(idsOf(await listUsers(service, viewer.token, { first: 100, sort: [sort] }))).toEqual(
    expectedIds([sort]),
  );
});

test('the direction of a sort is ascending when it is not said', async () => {
  const page = await listUsers(service, viewer.token, { first: 100, sort: [{ field: 'FIRST_NAME' }] });
  expect(idsOf(page)).toEqual(expectedIds([{ field: 'FIRST_NAME', direction: 'ASC' }]));
});

const MANY_SORTS: Record<string, Sort[]> = {
  'role, then last name downwards': [
    { field: 'ROLE', direction: 'ASC' },
    { field: 'LAST_NAME', direction: 'DESC' },
  ],
  'last sign-in downwards, then phone': [
    { field: 'LAST_SIGN_IN_AT', direction: 'DESC' },
    { field: 'PHONE', direction: 'ASC' },
  ],
  'enabled, last sign-in, 2FA downwards, id downwards': [
    { field: 'ENABLED', direction: 'ASC' },
    { field: 'LAST_SIGN_IN_AT', direction: 'ASC' },
    { field: 'MFA', direction: 'DESC' },
    { field: 'ID', direction: 'DESC' },
  ],
  'five fields': ['ROLE', 'MFA', 'ENABLED', 'LAST_NAME', 'CREATED_AT'].map((field, index) => ({
    field,
    direction: index % 2 ? 'ASC' : 'DESC',
  })),
};

test.each(Object.entries(MANY_SORTS))('sorts by several fields: %s', async (_what, sort) => {
  expect(idsOf(await listUsers(service, viewer.token, { first: 100, sort }))).toEqual(expectedIds(sort));
});

const WALKS: [string, Sort[]][] = [
  ...SINGLE_SORTS.map((sort): [string, Sort[]] => [`${sort.field} ${sort.direction}`, [sort]]),
  ...Object.entries(MANY_SORTS),
];

test.each(WALKS)('pages forwards and backwards show everyone exactly once, by %s', async (_what, sort) => {
  const expected = expectedIds(sort);
  expect(await walkPages(service, viewer.token, { sort }, 7, 'forwards')).toEqual(expected);
  expect(await walkPages(service, viewer.token, { sort }, 7, 'backwards')).toEqual(expected);
});

test('pages of one user each show everyone exactly once', async () => {
  const sort = [{ field: 'LAST_SIGN_IN_AT', direction: 'DESC' as const }];
  expect(await walkPages(service, viewer.token, { sort }, 1, 'forwards')).toEqual(expectedIds(sort));
});

test('a page says whether there is a page before and after it', async () => {
  const ids = expectedIds([]);
  const first = await listUsers(service, viewer.token, { first: 20 });
  expect(first.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  expect(first.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 20));
  expect(first.pageInfo.startCursor).toBe(first.edges[0]!.cursor);
  expect(first.pageInfo.endCursor).toBe(first.edges[19]!.cursor);

  const second = await listUsers(service, viewer.token, { first: 20, after: first.pageInfo.endCursor });
  expect(second.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  const back = await listUsers(service, viewer.token, { last: 20, before: second.pageInfo.startCursor });
  expect(idsOf(back)).toEqual(idsOf(first));
  expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });

  const exact = await listUsers(service, viewer.token, { first: 61 });
  expect(exact.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
});

test('after and before together bound a page on both sides', async () => {
  const { edges } = await listUsers(service, viewer.token, { first: 10 });
  const bounds = { after: edges[1]!.cursor, before: edges[6]!.cursor };
  const between = edges.slice(2, 6).map(({ node }) => node.id);
  expect(idsOf(await listUsers(service, viewer.token, { first: 10, ...bounds }))).toEqual(between);
  expect(idsOf(await listUsers(service, viewer.token, { last: 2, ...bounds }))).toEqual(between.slice(-2));
});

test('a user added between two pages neither repeats nor hides anyone', async () => {
  const other = await buildOrganization(service, 'Initech');
  const { token } = await buildPerson(service, other, 'viewer', { firstName: 'M' });
  for (const firstName of ['B', 'D', 'F', 'H', 'J', 'L']) await buildUser(service, other, { firstName });
  const sort = [{ field: 'FIRST_NAME', direction: 'ASC' }];
  const first = await listUsers(service, token, { sort, first: 3 });
  await buildUser(service, other, { firstName: 'A' });
  await buildUser(service, other, { firstName: 'I' });
  const second = await listUsers(service, token, { sort, first: 10, after: first.pageInfo.endCursor });
  expect(first.nodes.map(({ firstName }) => firstName)).toEqual(['B', 'D', 'F']);
  expect(second.nodes.map(({ firstName }) => firstName)).toEqual(['H', 'I', 'J', 'L', 'M']);
});

test('an organization of one sees one', async () => {
  const other = await buildOrganization(service, 'Umbrella');
  const { token, id } = await buildPerson(service, other, 'viewer');
  const page = await listUsers(service, token);
  expect(idsOf(page)).toEqual([id]);
  expect(page.totalCount).toBe(1);
});
