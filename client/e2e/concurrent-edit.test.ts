import { useRolecall } from './harness';
import { expectFocus } from './keyboard';
import { fieldOf, fillUser, openEditDialog, type TypedUser } from './user-form';
import { rowOf } from './user-list';

const rolecall = useRolecall();

/** A colleague saves changes while the dialog of the first administrator is open. */
async function editWhileColleagueSaves(name: string, changes: Partial<TypedUser>) {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openEditDialog(page, name);
  const colleaguesPage = await rolecall.open('/admin', { as: 'admin@example.com' });
  const colleagues = await openEditDialog(colleaguesPage, name);
  await fillUser(colleagues, changes);
  await colleagues.getByRole('button', { name: 'Save Changes' }).click();
  await colleagues.waitFor({ state: 'detached' });
  return { page, dialog, save: () => dialog.getByRole('button', { name: 'Save Changes' }).click() };
}

test('names what a colleague has changed, takes it over, and keeps both changes', async () => {
  const { page, dialog, save } = await editWhileColleagueSaves('Vint Cerf', { Phone: '+1 202 555 0777' });
  await fillUser(dialog, { 'Last Name': 'Cerf II' });

  await save();
  await dialog.getByText('Someone else has changed Phone.').waitFor();
  expect(await fieldOf(dialog, 'Last Name').inputValue()).toBe('Cerf II');
  await dialog.getByRole('button', { name: 'Load the current values' }).click();
  await dialog.getByText('The current values are loaded.').waitFor();
  await expectFocus(fieldOf(dialog, 'First Name'));
  expect(await fieldOf(dialog, 'Phone').inputValue()).toBe('+1 202 555 0777');
  expect(await fieldOf(dialog, 'Last Name').inputValue()).toBe('Cerf II');
  await save();

  await dialog.waitFor({ state: 'detached' });
  const cells = await rowOf(page, 'vint.cerf@example.com').getByRole('cell').allInnerTexts();
  expect(cells.slice(1, 4)).toEqual(['Cerf II', 'vint.cerf@example.com', '+1 202 555 0777']);
});

test('shows what a colleague wrote into the same field before it is replaced', async () => {
  const { page, dialog, save } = await editWhileColleagueSaves('Sophie Wilson', { 'Last Name': 'Acorn' });
  await fillUser(dialog, { 'Last Name': 'ARM' });

  await save();
  await dialog.getByText('Someone else has changed Last Name.').waitFor();
  await rowOf(page, 'sophie.wilson@example.com').getByText('Wilson', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Load the current values' }).click();
  await dialog.getByText('Last Name is now “Acorn”; saving replaces it with yours.').waitFor();
  expect(await fieldOf(dialog, 'Last Name').inputValue()).toBe('ARM');
  await save();

  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'sophie.wilson@example.com').getByText('ARM', { exact: true }).waitFor();
});
