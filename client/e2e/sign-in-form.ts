import type { Page } from 'playwright-core';
import { DEMO_PASSWORD } from './harness';

export const WRONG_CREDENTIALS = 'The username or the password is wrong.';

/** Fills in and sends the form of the sign-in page. */
export async function signInWith(page: Page, username: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
