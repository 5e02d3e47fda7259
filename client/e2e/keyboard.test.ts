import { useRolecall } from './harness';
import { expectFocus, expectFocusTrapped, pressOn, tabTo, typeInto } from './keyboard';
import { isFocused } from './user-form';
import { expectCount, expectUsernames, headerOf, rowOf, searchBox } from './user-list';

const rolecall = useRolecall();

test('signs in, looks for a user and sorts without a mouse', async () => {
  const page = await rolecall.open('/admin');
  await expectFocus(page.getByLabel('Username'));
  await page.keyboard.type('admin@example.com');
  await typeInto(page, page.getByLabel('Password', { exact: true }), 'Demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL('/admin');
  await expectCount(page, 60);

  await pressOn(page, headerOf(page, 'Last Name').getByRole('button'));
  await page.waitForURL(/sort=lastName&dir=asc/);
  await pressOn(page, headerOf(page, 'Last Name').getByRole('button'), 'Space');
  await page.waitForURL(/sort=lastName&dir=desc/);

  await page.reload();
  await typeInto(page, searchBox(page), 'dijk');
  await expectUsernames(page, ['edsger.dijkstra@example.com']);
  await page.keyboard.press('Escape');
  await expectCount(page, 60);
  expect(await isFocused(searchBox(page))).toBe(true);
});

test('starts at the heading, past the sidebar, and can skip the sidebar again', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  await expectFocus(page.getByRole('heading', { name: 'User Admin' }));

  await page.keyboard.press('Tab');
  expect(await isFocused(searchBox(page))).toBe(true);
  await tabTo(page, page.getByRole('link', { name: 'Skip to content' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await isFocused(searchBox(page))).toBe(true);
});

test('adds a user without a mouse', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const opener = page.getByRole('button', { name: 'Add New User' });
  await pressOn(page, opener);
  const dialog = page.getByRole('dialog', { name: 'Add New User' });
  await expectFocus(dialog.getByLabel('First Name'));
  await expectFocusTrapped(page, dialog);

  await typeInto(page, dialog.getByLabel('First Name'), 'Nora');
  await typeInto(page, dialog.getByLabel('Last Name'), 'Helmer');
  await typeInto(page, dialog.getByLabel('Email'), 'nora@example.com');
  await typeInto(page, dialog.getByLabel('Password', { exact: true }), 'Dolls-House-1879');
  await typeInto(page, dialog.getByLabel('Phone'), '+47 22 00 00 00');
  await typeInto(page, dialog.getByLabel('Role'), 'Supervisor');
  await pressOn(page, dialog.getByLabel('Force reset password'), 'Space');
  await pressOn(page, dialog.getByRole('button', { name: 'Add User' }));

  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'nora@example.com').getByText('Supervisor').waitFor();
  await expectFocus(opener);
});

test('edits a user without a mouse; Escape asks before it discards', async () => {
  const page = await rolecall.open('/admin?q=nygaard', { as: 'admin@example.com' });
  const opener = page.getByRole('button', { name: 'Edit Kristen Nygaard' });
  const dialog = page.getByRole('dialog', { name: 'Edit Kristen Nygaard' });
  await pressOn(page, opener);
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(opener);

  await page.keyboard.press('Enter');
  const phone = dialog.getByLabel('Phone');
  await tabTo(page, phone);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('+47 22 00 00 02');
  await page.keyboard.press('Escape');
  await expectFocus(dialog.getByRole('button', { name: 'Keep editing' }));
  await page.keyboard.press('Enter');
  await expectFocus(phone);
  await page.keyboard.press('Enter');

  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'kristen.nygaard@example.com').getByText('+47 22 00 00 02').waitFor();
  await expectFocus(opener);
});

test('disables a user without a mouse; Escape means Cancel', async () => {
  const page = await rolecall.open('/admin?q=kare', { as: 'admin@example.com' });
  const opener = page.getByRole('button', { name: 'Disable Susan Kare' });
  const question = page.getByRole('alertdialog', { name: 'Disable Susan Kare?' });
  await pressOn(page, opener);
  await expectFocus(question.getByRole('button', { name: 'Cancel' }));
  await expectFocusTrapped(page, question);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await expectFocus(opener);

  await page.keyboard.press('Enter');
  await pressOn(page, question.getByRole('button', { name: 'Disable User' }));
  const status = page.getByRole('dialog', { name: 'User disabled' });
  await expectFocus(status.getByRole('button', { name: 'Close' }));
  await page.keyboard.press('Enter');

  await status.waitFor({ state: 'detached' });
  await expectFocus(page.getByRole('button', { name: 'Enable Susan Kare' }));
});
