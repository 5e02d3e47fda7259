import type { Page } from 'playwright-core';
import { queryAs, trySignIn } from './api';
import { eventually } from './eventually';
import { expectAccessible, useRolecall } from './harness';
import { pressOn, tabTo } from './keyboard';
import { fillUser, openEditDialog } from './user-form';

const rolecall = useRolecall();

async function openLog(query = '', look: Parameters<typeof rolecall.open>[1] = {}): Promise<Page> {
  const page = await rolecall.open(`/admin/audit${query}`, { as: 'admin@example.com', ...look });
  await page.getByRole('list', { name: 'Events' }).waitFor();
  return page;
}

const sentences = (page: Page, list = 'Events') =>
  page
    .getByRole('list', { name: list })
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.querySelector('p')?.textContent.trim()));

/** Waits, because the list is loaded after the address has changed. */
const expectSentences = (page: Page, expected: readonly unknown[]) =>
  eventually(async () => expect(await sentences(page)).toEqual(expected));

async function idOf(username: string): Promise<string> {
  const { users } = await queryAs<{ users: { nodes: { id: string }[] } }>(
    rolecall.url,
    'admin@example.com',
    'query ($username: String!) { users(search: $username) { nodes { id } } }',
    { username },
  );
  return users.nodes[0]!.id;
}

test('tells in sentences what was changed, in the log and in the history of the user', async () => {
  const page = await rolecall.open('/admin?size=100', { as: 'admin@example.com' });
  const edit = await openEditDialog(page, 'Joan Clarke');
  await edit.getByLabel('Role').selectOption({ label: 'Supervisor' });
  await edit.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('The changes to Joan Clarke were saved.').waitFor();
  const again = await openEditDialog(page, 'Joan Clarke');
  await fillUser(again, { Phone: '+1 202 555 0777', 'First Name': 'Jo' });
  await again.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('The changes to Jo Clarke were saved.').waitFor();

  const dialog = await openEditDialog(page, 'Jo Clarke');
  await dialog.getByText('History', { exact: true }).click();
  await dialog.getByRole('list', { name: 'History' }).waitFor();
  expect(await sentences(page, 'History')).toEqual([
    'Ada Lovelace changed first name and phone of Jo Clarke',
    'Ada Lovelace changed the role of Jo Clarke from User Manager to Supervisor',
  ]);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Audit Log' }).click();
  await page.getByRole('list', { name: 'Events' }).waitFor();
  expect((await sentences(page)).slice(0, 2)).toEqual([
    'Ada Lovelace changed first name and phone of Jo Clarke',
    'Ada Lovelace changed the role of Jo Clarke from User Manager to Supervisor',
  ]);
  const first = page.getByRole('list', { name: 'Events' }).getByRole('listitem').first();
  await first.getByText('Details').click();
  await first.getByText('Joan → Jo').waitFor();
  await first.getByText('127.0.0.1').last().waitFor();
});

test('tells things of the same number apart: user 1, organization 1 and role 1', async () => {
  for (const features of ['[]', '[TRAVEL_RULE]']) {
    const change = `updateOrganization(input: { features: ${features} }) { userErrors { code } }`;
    await queryAs(rolecall.url, 'admin@example.com', `mutation { ${change} }`);
  }
  const page = await openLog('?action=ORGANIZATION_UPDATED');
  const sentence = 'Ada Lovelace changed the features of the organization Example Company';
  expect(await sentences(page)).toEqual([sentence, sentence]);
});

test('filters by who, whom, what and when; the address keeps it', async () => {
  await trySignIn(rolecall.url, 'supervisor@example.com', 'Wrong-2026');
  const supervisor = await idOf('supervisor@example.com');
  const page = await openLog();
  await page.getByLabel('What').selectOption({ label: 'Sign-in failed' });
  await page.waitForURL(/action=USER_SIGN_IN_FAILED/);
  await expectSentences(page, [expect.stringMatching(/^Sign-in as .+ failed: wrong password$/)]);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('Done to').fill('supervisor@');
  await page.locator('datalist option').first().waitFor({ state: 'attached' });
  await page.getByLabel('Done to').press('Tab');
  await page.waitForURL(new RegExp(`user=${supervisor}`));
  await expectSentences(page, [expect.stringMatching(/failed: wrong password$/)]);

  await page.reload();
  await page.getByRole('list', { name: 'Events' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Done to' }).inputValue()).toMatch(
    /\(supervisor@example\.com\)$/,
  );

  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.waitForURL('/admin/audit');
  await page.getByRole('list', { name: 'Events' }).waitFor();
});

test('pages through the log and survives a link that is out of date', async () => {
  for (let index = 0; index < 30; index += 1) {
    await trySignIn(rolecall.url, 'agent@example.com');
  }
  rolecall.allow(/status of 400/);
  const page = await openLog('?size=25');
  const first = await sentences(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/after=/);
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.waitForURL(/before=/);
  expect(first).toHaveLength(25);
  await expectSentences(page, first);

  await page.goto('/admin/audit?after=tampered');
  await page.getByRole('button', { name: 'Back to the first page' }).click();
  await page.getByRole('list', { name: 'Events' }).waitFor();
});

test('says so when it cannot be loaded, and tries again when asked', async () => {
  rolecall.allow(/ERR_FAILED/);
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await page.route('/graphql', (route) =>
    route.request().postData()?.includes('query AuditLog') ? route.abort() : route.continue(),
  );
  await page.getByRole('link', { name: 'Audit Log' }).click();
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'The audit log could not be loaded' }).waitFor();
  await expectAccessible(page);
  await page.unroute('/graphql');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('list', { name: 'Events' }).waitFor();
});

test('is only there for users who may read it', async () => {
  const page = await rolecall.open('/admin', { as: 'supervisor@example.com' });
  await page.getByRole('link', { name: 'Roles' }).waitFor();
  expect(await page.getByRole('link', { name: 'Audit Log' }).count()).toBe(0);
  await page.goto('/admin/audit');
  await page.getByRole('heading', { name: 'You have no access to this page' }).waitFor();
});

test('works with the keyboard alone', async () => {
  const page = await openLog();
  const first = page.getByRole('list', { name: 'Events' }).getByRole('listitem').first();
  await pressOn(page, first.getByRole('button', { name: 'Details' }));
  await first.getByText('Request').waitFor();
  await tabTo(page, page.getByLabel('What'), 'Shift+Tab');
  await page.keyboard.type('User changed');
  await page.waitForURL(/action=USER_UPDATED/);
});

test.each([
  ['light', 1440],
  ['light', 390],
  ['dark', 1440],
  ['dark', 390],
] as const)('is accessible in %s colors, %i pixels wide', async (colorScheme, width) => {
  const look = { colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' as const };
  const page = await openLog('', look);
  await page.getByText('Details').first().click();
  await expectAccessible(page);
  await page.goto('/admin/audit?to=2020-01-01');
  await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
  await expectAccessible(page);
});
