import type { Page } from 'playwright-core';
import { trySignIn } from './api';
import { eventually } from './eventually';
import { useRolecall } from './harness';
import { signInWith, WRONG_CREDENTIALS } from './sign-in-form';
import { countRequests, isFocused } from './user-form';
import { rowOf, searchBox } from './user-list';

const rolecall = useRolecall();

const DISABLED = { refused: ['INVALID_CREDENTIALS'] };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function expectFocusOn(page: Page, name: string) {
  await eventually(async () => expect(await isFocused(button(page, name))).toBe(true));
}

test('asks with the name, and changes nothing on Cancel', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const requests = countRequests(page, 'SetUserEnabled');
  await button(page, 'Disable Peter Naur').click();
  const question = page.getByRole('alertdialog', { name: 'Disable Peter Naur?' });
  await question.getByRole('button', { name: 'Disable User' }).waitFor();

  await question.getByRole('button', { name: 'Cancel' }).click();

  await question.waitFor({ state: 'detached' });
  await expectFocusOn(page, 'Disable Peter Naur');
  expect(requests()).toBe(0);
  expect(await rowOf(page, 'peter.naur@example.com').getByText('Disabled').count()).toBe(0);
  expect(await trySignIn(rolecall.url, 'peter.naur@example.com')).toBe('signed in');
});

test('disables at once: the open page of the user is over with the next thing they do', async () => {
  rolecall.allow(/status of 401/);
  const hisPage = await rolecall.open('/admin', { as: 'supervisor@example.com' });
  await rowOf(hisPage, 'agent@example.com').waitFor();
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });

  await button(page, 'Disable Katherine Johnson').click();
  await button(page, 'Disable User').click();
  const status = page.getByRole('dialog', { name: 'User disabled' });
  await status.getByText('Katherine Johnson is disabled and was signed out of 1 session.').waitFor();
  await expectFocusOn(page, 'Close');
  await status.getByRole('button', { name: 'Close' }).click();
  await status.waitFor({ state: 'detached' });
  await expectFocusOn(page, 'Enable Katherine Johnson');
  await rowOf(page, 'supervisor@example.com').getByText('Disabled', { exact: true }).waitFor();

  await searchBox(hisPage).fill('turing');
  await hisPage.waitForURL((url) => url.pathname === '/sign-in');
  await hisPage.getByText('Your session has ended. Please sign in again.').waitFor();
  await signInWith(hisPage, 'supervisor@example.com');
  await hisPage.getByText(WRONG_CREDENTIALS).waitFor();
});

test('enables again, and the user signs in with the password of old', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  expect(await trySignIn(rolecall.url, 'alonzo.church@example.com')).toEqual(DISABLED);

  await button(page, 'Enable Alonzo Church').click();
  const question = page.getByRole('alertdialog', { name: 'Enable Alonzo Church?' });
  await question.getByRole('button', { name: 'Enable User' }).click();
  const status = page.getByRole('dialog', { name: 'User enabled' });
  await status.getByText('Alonzo Church is enabled and can sign in again.').waitFor();
  await status.getByRole('button', { name: 'Close' }).click();

  await expectFocusOn(page, 'Disable Alonzo Church');
  expect(await rowOf(page, 'alonzo.church@example.com').getByText('Disabled').count()).toBe(0);
  expect(await trySignIn(rolecall.url, 'alonzo.church@example.com')).toBe('signed in');
});

test('says so when the server cannot be reached, and leaves the user unchanged', async () => {
  rolecall.allow(/ERR_CONNECTION_FAILED/);
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await button(page, 'Disable Irene Greif').click();
  await page.route('**/graphql', (route) => route.abort('connectionfailed'));

  await button(page, 'Disable User').click();

  const status = page.getByRole('dialog', { name: 'Irene Greif was not disabled' });
  await status.getByText('The server cannot be reached.').waitFor();
  await status.getByRole('button', { name: 'Close' }).click();
  await expectFocusOn(page, 'Disable Irene Greif');
});
