import { useRolecall, type DemoAccount } from './harness';

const rolecall = useRolecall({
  AREA_URLS: 'CUSTOMERS=https://kyc.example.com/list, TRAVEL_RULE=https://travel.example.com',
});

async function menuOf(as: DemoAccount): Promise<[label: string, href: string][]> {
  const page = await rolecall.open('/account', { as });
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
