import type { Page } from 'playwright-core';
import { queryAs } from './api';
import { addColleague, openAs } from './colleagues';
import { useRolecall, type DemoAccount } from './harness';

const rolecall = useRolecall({
  AREA_URLS: 'CUSTOMERS=https://kyc.example.com/list, TRAVEL_RULE=https://travel.example.com',
});

const menuOf = async (as: DemoAccount) => menuIn(await rolecall.open('/account', { as }));

async function menuIn(page: Page): Promise<[label: string, href: string][]> {
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await links.first().waitFor();
  return links.evaluateAll((elements) =>
    elements.map((link) => [link.textContent.trim(), link.getAttribute('href') ?? '']),
  );
}

test('the menu shows exactly the areas that the viewer has and that have an address', async () => {
  const menu = await menuOf('admin@example.com');
  expect(menu.filter(([, href]) => href.startsWith('https:'))).toEqual([
    ['Customers (KYC)', 'https://kyc.example.com/list'],
    ['Travel Rule', 'https://travel.example.com'],
  ]);
  expect(menu).toEqual(expect.arrayContaining([['User Admin', '/admin']]));
  expect(await menuOf('agent@example.com')).toEqual([['Customers (KYC)', 'https://kyc.example.com/list']]);
});

test('who may read the audit log and no users finds it in the menu, and starts there', async () => {
  const document =
    'mutation ($input: CreateRoleInput!) { createRole(input: $input) { userErrors { code } } }';
  const input = { name: 'Auditor', permissions: ['VIEW_AUDIT_LOG'] };
  await queryAs(rolecall.url, 'admin@example.com', document, { input });
  const auditor = await addColleague(rolecall.url, 'Gina', { role: 'Auditor' });
  const page = await openAs(rolecall, auditor, '/account');
  expect(await menuIn(page)).toEqual([['Audit Log', '/admin/audit']]);
  await page.goto(`${rolecall.url}/`);
  await page.waitForURL('/admin/audit');
});

test('Travel Rule goes and comes with the feature of the organization', async () => {
  const page = await rolecall.open('/admin/organization', { as: 'admin@example.com' });
  const link = page.getByRole('link', { name: 'Travel Rule' });
  await link.waitFor();
  await page.getByLabel('Name').fill('Renamed Company');
  await page.getByLabel('Travel Rule').uncheck();
  await page.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('The settings were saved.').waitFor();
  await link.waitFor({ state: 'detached' });
  await page.getByText('Renamed Company').last().waitFor();

  await page.getByLabel('Name').fill(' ');
  await page.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('This field is required.').waitFor();
});
