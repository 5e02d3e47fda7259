import type { Page } from 'playwright-core';
import { DEMO_PASSWORD } from './harness';

export const WRONG_CREDENTIALS = 'The username or the password is wrong.';
export const ENDED = 'Your session has ended. Please sign in again.';
export const WRONG_CODE = 'This code is wrong, expired or used already.';

/** Fills in and sends the form of the sign-in page. */
export async function signInWith(page: Page, username: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The steps of signing in, and the pages for a forgotten password, each have one. */
export async function expectStep(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

export async function setNewPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
}

/** The six digits are sent without a press of a button. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from your authenticator app').fill(code);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('/sign-in');
}
