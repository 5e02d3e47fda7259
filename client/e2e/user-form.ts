import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export interface TypedUser {
  'First Name': string;
  'Last Name': string;
  Email: string;
  Password: string;
  Phone: string;
  Role: string;
}

export const fieldOf = (dialog: Locator, label: string): Locator => dialog.getByLabel(label, { exact: true });

export async function openAddDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add New User' }).click();
  return page.getByRole('dialog', { name: 'Add New User' });
}

export async function openEditDialog(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Edit ${name}`, exact: true }).click();
  return page.getByRole('dialog', { name: `Edit ${name}` });
}

/** The rows below the fields of the edit dialog, which are loaded after it has opened. */
export async function showLastRows(dialog: Locator): Promise<void> {
  const rows = dialog.getByRole('region', { name: 'Access' });
  await rows.getByText('Last sign-in').waitFor();
  await rows.evaluate((element) => element.scrollIntoView({ block: 'end' }));
}

export async function fillUser(dialog: Locator, user: Partial<TypedUser>): Promise<void> {
  const { Role: role, ...texts } = user;
  for (const [label, text] of Object.entries(texts)) await fieldOf(dialog, label).fill(text);
  if (role !== undefined) await fieldOf(dialog, 'Role').selectOption({ label: role });
}

/** What the form shows at present; the role by its name. */
export async function typedInto(dialog: Locator): Promise<TypedUser> {
  const role = fieldOf(dialog, 'Role').locator('option:checked');
  return {
    'First Name': await fieldOf(dialog, 'First Name').inputValue(),
    'Last Name': await fieldOf(dialog, 'Last Name').inputValue(),
    Email: await fieldOf(dialog, 'Email').inputValue(),
    Password: await fieldOf(dialog, 'Password').inputValue(),
    Phone: await fieldOf(dialog, 'Phone').inputValue(),
    Role: (await role.textContent()) ?? '',
  };
}

/** The message that stands at the field and that a screen reader reads with it. */
export async function expectErrorAt(dialog: Locator, label: string, message: string): Promise<void> {
  await eventually(async () => {
    const field = fieldOf(dialog, label);
    const [invalid, description] = await field.evaluate((input) => [
      input.getAttribute('aria-invalid'),
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.innerText ?? '')
        .join(' '),
    ]);
    expect(invalid).toBe('true');
    expect(description).toContain(message);
  });
}

export async function invalidFields(dialog: Locator): Promise<string[]> {
  const invalid = dialog.locator('[aria-invalid="true"]');
  return invalid.evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).labels![0]!.innerText),
  );
}

export const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

/** Counts the requests of one named operation from now on. */
export function countRequests(page: Page, operationName: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if ((request.postData() ?? '').includes(`"operationName":"${operationName}"`)) count += 1;
  });
  return () => count;
}
