import { trySignIn } from './api';
import { useRolecall } from './harness';
import { fieldOf, fillUser, openEditDialog } from './user-form';
import { rowOf } from './user-list';

const rolecall = useRolecall();

const BUTTON = { name: 'Disable two factor authentication' };

test('disables two-factor authentication together with a new, valid password, and not without', async () => {
  const username = 'edsger.dijkstra@example.com';
  expect(await trySignIn(rolecall.url, username)).toEqual({ steps: ['ENTER_MFA_CODE'] });
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await rowOf(page, username).getByText('Enabled', { exact: true }).waitFor();
  const dialog = await openEditDialog(page, 'Edsger Dijkstra');
  const button = dialog.getByRole('button', BUTTON);

  for (const password of ['', 'Short', 'semaphores', 'SEMAPHORES']) {
    await fillUser(dialog, { Password: password });
    expect(await button.isDisabled()).toBe(true);
  }
  await fillUser(dialog, { Password: 'Semaphore-1965' });
  await button.click();

  await dialog.getByText('Two-factor authentication is disabled for Edsger Dijkstra').waitFor();
  expect(await fieldOf(dialog, 'Password').inputValue()).toBe('');
  expect(await button.count()).toBe(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await rowOf(page, username).getByRole('cell').nth(5).innerText()).toBe('—');
  expect(await trySignIn(rolecall.url, username, 'Semaphore-1965')).toBe('signed in');
  expect(await trySignIn(rolecall.url, username)).toEqual({ refused: ['INVALID_CREDENTIALS'] });
});

test('is not there for a user without two-factor authentication', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openEditDialog(page, 'Barbara Liskov');
  await fillUser(dialog, { Password: 'Substitution-1987' });

  expect(await dialog.getByRole('button', BUTTON).count()).toBe(0);
});
