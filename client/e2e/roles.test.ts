import type { Page } from 'playwright-core';
import { endOtherSessions, queryAs } from './api';
import { expectAccessible, useRolecall } from './harness';
import { pressOn, tabTo } from './keyboard';
import { ENDED, signInWith } from './sign-in-form';

const rolecall = useRolecall();

async function openRoles(look: Parameters<typeof rolecall.open>[1] = {}): Promise<Page> {
  const page = await rolecall.open('/admin/roles', { as: 'admin@example.com', ...look });
  await page.getByRole('list', { name: 'Roles' }).waitFor();
  return page;
}

const roleNamed = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Roles' }).getByRole('listitem').filter({ hasText: name });

async function permissionsOf(role: string): Promise<string[]> {
  const { roles } = await queryAs<{ roles: { name: string; permissions: string[] }[] }>(
    rolecall.url,
    'admin@example.com',
    '{ roles { name permissions } }',
  );
  return roles.find(({ name }) => name === role)?.permissions ?? [];
}

test('shows the roles of the organization with how many users have each', async () => {
  const page = await openRoles();
  await page.getByText('4 roles').waitFor();
  const rows = await page.getByRole('list', { name: 'Roles' }).getByRole('listitem').allInnerTexts();
  expect(rows.map((row) => row.split('\n')[0])).toEqual([
    'Administrator',
    'Agent',
    'Supervisor',
    'User Manager',
  ]);
  expect(rows[1]).toContain('42 users');
  expect(rows[0]).toContain('Your role');
});

test('says what a change does and for whom before it is saved', async () => {
  const page = await openRoles();
  await page.getByRole('button', { name: 'Edit Supervisor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Supervisor' });
  await dialog.getByRole('group', { name: 'User Admin' }).getByLabel('Add users.').check();
  await dialog.getByLabel('Open the call center and use the tools in a call.').uncheck();
  await dialog.getByRole('button', { name: 'Review Changes' }).click();

  await dialog.getByText('This acts at once for 12 users.').waitFor();
  expect(await dialog.getByText('Closes Calls (Video KYC).').count()).toBe(1);
  expect(await permissionsOf('Supervisor')).toContain('ACCESS_CALLS');

  await dialog.getByRole('button', { name: 'Back to editing' }).click();
  expect(await dialog.getByLabel('Add users.').isChecked()).toBe(true);
  await dialog.getByRole('button', { name: 'Review Changes' }).click();
  await dialog.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('The changes to Supervisor were saved.').waitFor();
  expect(await permissionsOf('Supervisor')).toEqual(['VIEW_CUSTOMERS', 'VIEW_USERS', 'ADD_USER']);
});

test('ticks along what a permission needs, and unticks what needs it', async () => {
  const page = await openRoles();
  await page.getByRole('button', { name: 'Add New Role' }).click();
  const group = page.getByRole('dialog', { name: 'Add New Role' }).getByRole('group', { name: 'User Admin' });
  const adding = group.getByRole('checkbox', { name: 'Add users. Needs Administrator access.' });
  const viewing = group.getByRole('checkbox', { name: 'Administrator access: open User Admin' });
  await adding.check();
  expect(await viewing.isChecked()).toBe(true);
  await viewing.uncheck();
  expect(await adding.isChecked()).toBe(false);
});

test('adds, copies and deletes roles; users move in the same step', async () => {
  const page = await openRoles();
  await page.getByRole('button', { name: 'Add New Role' }).click();
  const add = page.getByRole('dialog', { name: 'Add New Role' });
  await add.getByRole('button', { name: 'Add Role' }).click();
  await add.getByText('This field is required.').waitFor();
  await add.getByRole('textbox', { name: 'Name' }).fill('agent');
  await add.getByRole('button', { name: 'Add Role' }).click();
  await add.getByText('Another role has this name already.').waitFor();
  await add.getByRole('textbox', { name: 'Name' }).fill('Compliance');
  await add.getByLabel('Read who changed what and when.').check();
  await add.getByRole('button', { name: 'Add Role' }).click();
  await page.getByText('Compliance was added.').waitFor();
  await roleNamed(page, 'Compliance').getByText('No users').last().waitFor();

  await page.getByRole('button', { name: 'Duplicate Compliance' }).click();
  await page.getByRole('button', { name: 'Duplicate Role' }).click();
  await page.getByText('Copy of Compliance was added.').waitFor();
  await page.getByRole('button', { name: 'Delete Copy of Compliance' }).click();
  await page.getByRole('button', { name: 'Delete Role' }).click();
  await page.getByText('Copy of Compliance was deleted.').waitFor();

  await page.getByRole('button', { name: 'Delete User Manager' }).click();
  const remove = page.getByRole('dialog', { name: 'Delete User Manager?' });
  await remove.getByRole('button', { name: 'Delete Role' }).click();
  await remove.getByText('Choose a role.').waitFor();
  await remove.getByLabel('New role of 5 users').selectOption({ label: 'Compliance' });
  await remove.getByRole('button', { name: 'Delete Role' }).click();
  await page.getByText('User Manager was deleted. 5 users now have the role Compliance.').waitFor();
  await roleNamed(page, 'Compliance').getByText('5 users').last().waitFor();
});

test('nobody changes what their own role allows, and the dialog says so', async () => {
  const page = await openRoles();
  expect(await page.getByRole('button', { name: 'Delete Administrator' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Edit Administrator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Administrator' });
  await dialog.getByText('Nobody can change what their own role allows.').waitFor();
  expect(await dialog.getByLabel('Add users.').isDisabled()).toBe(true);
});

test('keeps what was changed when someone else has saved the role since it was opened', async () => {
  const page = await openRoles();
  await page.getByRole('button', { name: 'Edit Agent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Agent' });
  const { roles } = await queryAs<{ roles: { id: string; name: string }[] }>(
    rolecall.url,
    'admin@example.com',
    '{ roles { id name } }',
  );
  const id = roles.find(({ name }) => name === 'Agent')!.id;
  await queryAs(
    rolecall.url,
    'admin@example.com',
    'mutation ($id: ID!) { updateRole(input: { id: $id, mfaRequired: true }) { role { id } } }',
    { id },
  );
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Agents');
  await dialog.getByRole('button', { name: 'Save Changes' }).click();
  await dialog.getByText('Someone else has changed this role.').waitFor();
  await dialog.getByRole('button', { name: 'Load the current values' }).click();
  await dialog.getByText('Someone else has changed').waitFor({ state: 'detached' });
  expect(await dialog.getByLabel('Require two-factor authentication', { exact: true }).isChecked()).toBe(
    true,
  );
  await dialog.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('The changes to Agents were saved.').waitFor();
});

test('opens again with what was changed when the session has ended while editing', async () => {
  const page = await openRoles();
  await page.getByRole('button', { name: 'Edit Supervisor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Supervisor' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Head of Calls');
  await dialog.getByLabel('Read who changed what and when.').check();
  await endOtherSessions(rolecall.url, 'admin@example.com');

  await dialog.getByRole('button', { name: 'Review Changes' }).click();
  await page.getByText(ENDED).waitFor();
  await signInWith(page, 'admin@example.com');

  await dialog.getByText('Here is what you had typed when your session ended.').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Head of Calls');
  expect(await dialog.getByLabel('Read who changed what and when.').isChecked()).toBe(true);
});

test('works with the keyboard alone', async () => {
  const page = await openRoles();
  await pressOn(page, page.getByRole('button', { name: 'Edit Supervisor' }));
  const dialog = page.getByRole('dialog', { name: 'Edit Supervisor' });
  await tabTo(page, dialog.getByLabel('Disable and enable users.'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await dialog.getByText('Discard what you have typed?').waitFor();
  await page.keyboard.press('Enter');
  await pressOn(page, dialog.getByRole('button', { name: 'Review Changes' }));
  await dialog.getByText('Disable and enable users.').waitFor();
  await pressOn(page, dialog.getByRole('button', { name: 'Save Changes' }));
  await page.getByText('The changes to Supervisor were saved.').waitFor();
});

test('shows no button to users who may only look', async () => {
  const page = await rolecall.open('/admin/roles', { as: 'supervisor@example.com' });
  await page.getByRole('list', { name: 'Roles' }).waitFor();
  expect(await page.getByRole('button', { name: /^(Add New Role|Edit|Duplicate|Delete)/ }).count()).toBe(0);
});

test.each([
  ['light', 1440],
  ['light', 390],
  ['dark', 1440],
  ['dark', 390],
] as const)('is accessible in %s colors, %i pixels wide', async (colorScheme, width) => {
  const page = await openRoles({
    colorScheme,
    viewport: { width, height: 844 },
    reducedMotion: 'reduce',
  });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Edit Supervisor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Supervisor' });
  await dialog.getByLabel('Set up webhooks.').check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Review Changes' }).click();
  await dialog.getByText('Opens Company Settings.').waitFor();
  await expectAccessible(page);
  await page.goto('/admin/organization');
  await page.getByLabel('Travel Rule').waitFor();
  await expectAccessible(page);
});
