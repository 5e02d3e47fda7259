import { useRolecall } from './harness';
import { eventually } from './eventually';
import { countRequests, isFocused } from './user-form';
import {
  column,
  expectCount,
  expectUsernames,
  headerOf,
  rowOf,
  searchBox,
  usernames,
  usersTable,
} from './user-list';

const rolecall = useRolecall();

const inOrder = new Intl.Collator('en', { sensitivity: 'base' });

test('has the columns of the product in their order', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);

  const headers = await usersTable(page).getByRole('columnheader').allInnerTexts();
  expect(headers).toEqual(['First Name', 'Last Name', 'Username', 'Phone', 'Role', '2FA', 'Actions']);
});

test('shows each user, with — for an absent phone or two-factor authentication, and the disabled as such', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const cellsOf = async (username: string) =>
    (await rowOf(page, username).getByRole('cell').allInnerTexts()).slice(0, -1);

  expect(await cellsOf('donald.knuth@example.com')).toEqual([
    'Donald',
    'Knuth',
    'donald.knuth@example.com',
    '—',
    'Agent',
    '—',
  ]);
  expect(await cellsOf('edsger.dijkstra@example.com')).toEqual([
    'Edsger',
    'Dijkstra',
    'edsger.dijkstra@example.com',
    '+1 202 555 0105',
    'Agent',
    'Enabled',
  ]);
  const disabled = (await column(page, 'Last Name')).filter((text) => text.includes('Disabled'));
  expect(disabled.map((text) => text.split('\n')[0])).toEqual([
    'Hoare',
    'Spärck Jones',
    'Church',
    'Conway',
    'Milner',
  ]);
});

test('starts with the order of the ids', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);

  expect((await usernames(page)).slice(0, 5)).toEqual([
    'admin@example.com',
    'manager@example.com',
    'supervisor@example.com',
    'agent@example.com',
    'barbara.liskov@example.com',
  ]);
  expect(await page.locator('[aria-sort]').count()).toBe(0);
});

test.each([
  ['First Name', 'Ada', 'Yukihiro'],
  ['Last Name', 'Allen', 'Zuse'],
  ['Username', 'adele.goldberg@example.com', 'yukihiro.matsumoto@example.com'],
  ['Phone', '—', '+1 202 555 0159'],
  ['Role', 'Administrator', 'User Manager'],
  ['2FA', '—', 'Enabled'],
])('sorts by %s on a click, the other way on the next, and not on the third', async (name, first, last) => {
  const page = await rolecall.open('/admin?size=100', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const header = headerOf(page, name);
  const asLoaded = await usernames(page);
  const click = () => header.getByRole('button').click();
  const expectSorted = (direction: 'ascending' | 'descending', top: string) =>
    eventually(async () => {
      const texts = await column(page, name);
      const ascending = direction === 'ascending' ? texts : texts.toReversed();
      // Rows without a value, which show a dash, come first, not where the dash itself would sort.
      const dashes = ascending.filter((text) => text === '—');
      const values = ascending.filter((text) => text !== '—').toSorted(inOrder.compare);
      expect(texts[0]).toBe(top);
      expect(ascending).toEqual([...dashes, ...values]);
      expect(await header.getAttribute('aria-sort')).toBe(direction);
      expect(await page.locator('[aria-sort]').count()).toBe(1);
    });

  await click();
  await expectSorted('ascending', first);
  await click();
  await expectSorted('descending', last);
  await click();
  await expectUsernames(page, asLoaded);
  expect(await page.locator('[aria-sort]').count()).toBe(0);
});

test('finds any part of names and usernames, in any case and without accents', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const searches = [
    ['yukih', 'yukihiro.matsumoto@example.com'],
    ['GODEL', 'kurt.godel@example.com'],
    ['grace hop', 'manager@example.com'],
    ['visor@exam', 'supervisor@example.com'],
    ['tony.hoare@', 'tony.hoare@example.com'],
  ] as const;

  for (const [text, username] of searches) {
    await searchBox(page).fill(text);
    await expectUsernames(page, [username]);
    await expectCount(page, 1);
  }
});

test('searches once when the typing pauses, and shows everyone again on ×', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const searches = countRequests(page, 'Users');

  await searchBox(page).pressSequentially('dijkstra', { delay: 20 });
  await expectUsernames(page, ['edsger.dijkstra@example.com']);
  expect(searches()).toBe(1);

  await page.getByRole('button', { name: 'Clear search' }).click();
  await expectCount(page, 60);
  expect(await searchBox(page).inputValue()).toBe('');
  expect(await isFocused(searchBox(page))).toBe(true);
  expect(await page.getByRole('button', { name: 'Clear search' }).count()).toBe(0);
});

test('takes % and _ for what they are, says that nobody matches, and leads back', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);

  await searchBox(page).fill('%_');
  await page.getByRole('heading', { name: 'No user matches “%_”' }).waitFor();
  await expectCount(page, 0);
  await page.getByRole('region', { name: 'Users' }).getByRole('button', { name: 'Clear search' }).click();

  await expectCount(page, 60);
  expect(await isFocused(searchBox(page))).toBe(true);
});

test('turns pages forth and back without losing or repeating anyone', async () => {
  const page = await rolecall.open('/admin?size=100', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const everyone = await usernames(page);
  const previous = page.getByRole('button', { name: 'Previous' });
  const next = page.getByRole('button', { name: 'Next' });
  expect(await next.getAttribute('aria-disabled')).toBe('true');

  await page.getByLabel('Users per page').selectOption('25');
  await expectUsernames(page, everyone.slice(0, 25));
  expect(await previous.getAttribute('aria-disabled')).toBe('true');

  await next.click();
  await expectUsernames(page, everyone.slice(25, 50));
  await next.click();
  await expectUsernames(page, everyone.slice(50));
  expect(await next.getAttribute('aria-disabled')).toBe('true');

  await previous.click();
  await expectUsernames(page, everyone.slice(25, 50));
  await previous.click();
  await expectUsernames(page, everyone.slice(0, 25));
  await eventually(async () => expect(await previous.getAttribute('aria-disabled')).toBe('true'));
});

test('says that the server cannot be reached, keeps what was typed, and tries again', async () => {
  rolecall.allow(/ERR_FAILED/);
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  await page.route('**/graphql', (route) => route.abort());

  await searchBox(page).fill('dijkstra');
  await page.getByRole('heading', { name: 'The users could not be loaded' }).waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Try again' }).click();

  await expectUsernames(page, ['edsger.dijkstra@example.com']);
  expect(await searchBox(page).inputValue()).toBe('dijkstra');
});

test('is a list of cards on a phone, which sorts and edits as well', async () => {
  const page = await rolecall.open('/admin', {
    as: 'admin@example.com',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await expectCount(page, 60);
  const cards = page.getByRole('list', { name: 'Users' }).getByRole('listitem');

  await page.getByLabel('Sort by').selectOption('Last Name');
  await cards.first().getByText('Frances Allen').waitFor();
  await page.getByRole('button', { name: 'Ascending, turn to descending' }).tap();
  await cards.first().getByText('Konrad Zuse').waitFor();
  await page.getByRole('button', { name: 'Edit Konrad Zuse' }).tap();

  await page.getByRole('dialog', { name: 'Edit Konrad Zuse' }).waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
