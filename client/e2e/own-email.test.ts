import { trySignIn } from './api';
import { addColleague, openAs } from './colleagues';
import { useRolecall } from './harness';
import { expectErrorAt, fieldOf, openEditDialog } from './user-form';

const rolecall = useRolecall();

test('the list leads to the account page for the own email, which asks for the password', async () => {
  const colleague = await addColleague(rolecall.url, 'Hilde', { role: 'Administrator' });
  const page = await openAs(rolecall, colleague, '/admin?q=hilde');
  const dialog = await openEditDialog(page, colleague.name);
  expect(await fieldOf(dialog, 'Email').inputValue()).toBe(colleague.username);
  expect(await fieldOf(dialog, 'Email').isDisabled()).toBe(true);
  expect(await fieldOf(dialog, 'Password').count()).toBe(0);

  // The rest of oneself can be changed here.
  await fieldOf(dialog, 'Phone').fill('+47 22 00 00 99');
  await dialog.getByRole('button', { name: 'Save Changes' }).click();
  await dialog.waitFor({ state: 'detached' });

  const again = await openEditDialog(page, colleague.name);
  await again.getByRole('link', { name: 'Change your email and password on your account page' }).click();
  await page.waitForURL('/account');
  await page.getByRole('button', { name: 'Change email' }).click();
  const change = page.getByRole('dialog', { name: 'Change your email' });
  const send = change.getByRole('button', { name: 'Change email' });
  await fieldOf(change, 'New email').fill('hilde.wangel@example.com');
  await fieldOf(change, 'Current password').fill('Not-Mine-1888');
  await send.click();
  await expectErrorAt(change, 'Current password', 'wrong');
  await fieldOf(change, 'Current password').fill(colleague.password);
  await send.click();
  await page.getByText('You sign in as hilde.wangel@example.com from now on.').waitFor();
  await page.getByText('You sign in as hilde.wangel@example.com.', { exact: true }).waitFor();
  expect(await trySignIn(rolecall.url, 'hilde.wangel@example.com', colleague.password)).toBe('signed in');
  expect(await trySignIn(rolecall.url, colleague.username, colleague.password)).toEqual({
    refused: ['INVALID_CREDENTIALS'],
  });
});
