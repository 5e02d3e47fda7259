import type { Page } from 'playwright-core';
import { useRolecall } from './harness';
import { expectCount, expectUsernames, headerOf, searchBox, usernames } from './user-list';

const rolecall = useRolecall();

const BAD_REQUEST = /status of 400/;

/** Searches, sorts, shortens the page and turns it, one step after the other. */
async function goDeep(page: Page) {
  await searchBox(page).fill('example');
  await page.waitForURL('/admin?q=example');
  await headerOf(page, 'Last Name').getByRole('button').click();
  await page.waitForURL('/admin?q=example&sort=lastName&dir=asc');
  await page.getByLabel('Users per page').selectOption('25');
  await page.waitForURL('/admin?q=example&sort=lastName&dir=asc&size=25');
  await headerOf(page, 'Last Name').getByRole('button').click();
  await page.waitForURL('/admin?q=example&sort=lastName&dir=desc&size=25');
  await page.getByText('Zuse', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/after=/);
  await page.getByText('Zuse', { exact: true }).waitFor({ state: 'detached' });
}

async function expectDeep(page: Page, users: string[]) {
  await expectUsernames(page, users);
  expect(await searchBox(page).inputValue()).toBe('example');
  expect(await headerOf(page, 'Last Name').getAttribute('aria-sort')).toBe('descending');
  expect(await page.getByLabel('Users per page').inputValue()).toBe('25');
}

test('search, order, size and page survive a reload and open for a colleague who gets the link', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await goDeep(page);
  const users = await usernames(page);
  expect(users).toHaveLength(25);

  await page.reload();
  await expectDeep(page, users);

  const link = page.url().slice(rolecall.url.length);
  await expectDeep(await rolecall.open(link, { as: 'manager@example.com' }), users);
});

test('the back button goes each step back, and forward again', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const start = await usernames(page);
  await goDeep(page);
  const users = await usernames(page);

  await page.goBack();
  await page.getByText('Zuse', { exact: true }).waitFor();
  await page.goBack();
  await page.getByText('Allen', { exact: true }).waitFor();
  expect(await headerOf(page, 'Last Name').getAttribute('aria-sort')).toBe('ascending');
  for (let step = 0; step < 3; step += 1) await page.goBack();
  await expectUsernames(page, start);
  expect(await searchBox(page).inputValue()).toBe('');
  expect(page.url()).toBe(`${rolecall.url}/admin`);

  for (let step = 0; step < 5; step += 1) await page.goForward();
  await expectDeep(page, users);
});

test('leads from a page that does not exist back to the first', async () => {
  rolecall.allow(BAD_REQUEST);
  const page = await rolecall.open('/admin?size=25&after=tampered', { as: 'admin@example.com' });

  await backToFirstPage(page);

  expect(page.url()).toBe(`${rolecall.url}/admin?size=25`);
  expect((await usernames(page))[0]).toBe('admin@example.com');
});

test('leads from a page of another order back to the first of this order', async () => {
  rolecall.allow(BAD_REQUEST);
  const page = await rolecall.open('/admin?size=25', { as: 'admin@example.com' });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/after=/);
  await page.goto(`${page.url()}&sort=lastName&dir=desc`);

  await backToFirstPage(page);

  expect((await usernames(page))[0]).toBe('konrad.zuse@example.com');
});

async function backToFirstPage(page: Page) {
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'This page of the list does not exist' }).waitFor();
  await alert.getByRole('button', { name: 'Back to the first page' }).click();
  await expectCount(page, 60);
}

test('ignores what it does not understand in the address', async () => {
  const page = await rolecall.open('/admin?sort=password&dir=up&size=7&q=%20lovelace%20&x=1', {
    as: 'admin@example.com',
  });

  await expectUsernames(page, ['admin@example.com']);
});
