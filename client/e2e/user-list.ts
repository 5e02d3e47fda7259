import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export const usersTable = (page: Page): Locator => page.getByRole('table', { name: 'Users' });

export const headerOf = (page: Page, column: string): Locator =>
  usersTable(page).getByRole('columnheader', { name: column, exact: true });

export const searchBox = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search users' });

/** The row of one user, found by the whole username. */
export const rowOf = (page: Page, username: string): Locator =>
  usersTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: username, exact: true }) });

/** The texts of one column, from top to bottom. */
export async function column(page: Page, name: string): Promise<string[]> {
  const headers = await usersTable(page).getByRole('columnheader').allInnerTexts();
  const cells = usersTable(page).locator(`tbody tr td:nth-child(${headers.indexOf(name) + 1})`);
  return (await cells.allInnerTexts()).map((text) => text.trim());
}

export const usernames = (page: Page): Promise<string[]> => column(page, 'Username');

export async function expectCount(page: Page, count: number): Promise<void> {
  await page.getByText(count === 1 ? '1 user' : `${count} users`, { exact: true }).waitFor();
}

/** Waits for rows, then finds nothing but these usernames. */
export async function expectUsernames(page: Page, expected: string[]): Promise<void> {
  await eventually(async () => expect(await usernames(page)).toEqual(expected));
}

export async function searchFor(page: Page, text: string, count: number): Promise<void> {
  await searchBox(page).fill(text);
  await expectCount(page, count);
}
