import { trySignIn } from './api';
import { useRolecall } from './harness';
import { eventually } from './eventually';
import { expectErrorAt, fieldOf, fillUser, openEditDialog, typedInto } from './user-form';
import { rowOf, searchBox } from './user-list';

const rolecall = useRolecall();

const WRONG = { refused: ['INVALID_CREDENTIALS'] };

async function edit(name: string) {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openEditDialog(page, name);
  const save = async () => {
    await dialog.getByRole('button', { name: 'Save Changes' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  return { page, dialog, save };
}

test('opens with the present values and an empty password', async () => {
  const { dialog } = await edit('Barbara Liskov');

  await eventually(async () =>
    expect(await typedInto(dialog)).toEqual({
      'First Name': 'Barbara',
      'Last Name': 'Liskov',
      Email: 'barbara.liskov@example.com',
      Password: '',
      Phone: '+1 202 555 0104',
      Role: 'User Manager',
    }),
  );
  await dialog.getByText('Leave blank to keep the current password').waitFor();
  expect(await fieldOf(dialog, 'Password').getAttribute('required')).toBeNull();
  expect(await dialog.getByLabel('Force reset password').isChecked()).toBe(false);
});

test('changes what was changed and keeps the password when it is left blank', async () => {
  const { page, dialog, save } = await edit('Frances Allen');
  await fillUser(dialog, { 'First Name': 'Fran', Email: 'fran@example.com', Phone: '+1 202 555 0999' });

  await save();

  await page.getByText('The changes to Fran Allen were saved.').waitFor();
  const cells = await rowOf(page, 'fran@example.com').getByRole('cell').allInnerTexts();
  expect(cells.slice(0, 5)).toEqual(['Fran', 'Allen', 'fran@example.com', '+1 202 555 0999', 'Agent']);
  expect(await trySignIn(rolecall.url, 'fran@example.com')).toBe('signed in');
  expect(await trySignIn(rolecall.url, 'frances.allen@example.com')).toEqual(WRONG);
});

test('sets a new password, and the old one is gone', async () => {
  const { dialog, save } = await edit('Niklaus Wirth');
  await fillUser(dialog, { Password: 'Oberon-1987' });

  await save();

  expect(await trySignIn(rolecall.url, 'niklaus.wirth@example.com', 'Oberon-1987')).toBe('signed in');
  expect(await trySignIn(rolecall.url, 'niklaus.wirth@example.com')).toEqual(WRONG);
});

test('shows what the server refuses at its field and keeps the rest', async () => {
  const { dialog, save } = await edit('Ken Thompson');
  await fillUser(dialog, { Email: 'Manager@EXAMPLE.com', 'Last Name': 'T.' });
  await dialog.getByRole('button', { name: 'Save Changes' }).click();

  await expectErrorAt(dialog, 'Email', 'This email is already in use.');
  expect(await fieldOf(dialog, 'Last Name').inputValue()).toBe('T.');

  await fillUser(dialog, { Email: 'ken@example.com' });
  await save();
});

test('makes the user set a new password at the next sign-in, until switched off', async () => {
  const { page, dialog, save } = await edit('Shafi Goldwasser');
  await dialog.getByLabel('Force reset password').check();
  await save();
  expect(await trySignIn(rolecall.url, 'shafi.goldwasser@example.com')).toEqual({
    steps: ['CHANGE_PASSWORD'],
  });

  const again = await openEditDialog(page, 'Shafi Goldwasser');
  expect(await again.getByLabel('Force reset password').isChecked()).toBe(true);
  await again.getByLabel('Force reset password').uncheck();
  await again.getByRole('button', { name: 'Save Changes' }).click();
  await again.waitFor({ state: 'detached' });
  expect(await trySignIn(rolecall.url, 'shafi.goldwasser@example.com')).toBe('signed in');
});

test('makes the user set up two-factor authentication, and cannot be switched once enforced', async () => {
  const { page, dialog, save } = await edit('Hedy Lamarr');
  const force = dialog.getByLabel('Force two factor authentication');
  await force.check();
  await save();
  expect(await trySignIn(rolecall.url, 'hedy.lamarr@example.com')).toEqual({ steps: ['SET_UP_MFA'] });

  const again = await openEditDialog(page, 'Hedy Lamarr');
  await again.getByText('Already enforced for this user.').waitFor();
  expect(await again.getByLabel('Force two factor authentication').isChecked()).toBe(true);
  expect(await again.getByLabel('Force two factor authentication').isDisabled()).toBe(true);
});

test('a new role acts on the next thing that its user does', async () => {
  rolecall.allow(/status of 403/);
  const managersPage = await rolecall.open('/admin', { as: 'manager@example.com' });
  await managersPage.getByRole('button', { name: 'Edit Barbara Liskov' }).waitFor();
  const { page, dialog, save } = await edit('Grace Hopper');

  await fillUser(dialog, { Role: 'Supervisor' });
  await save();
  await rowOf(page, 'manager@example.com').getByText('Supervisor').waitFor();

  await searchBox(managersPage).fill('liskov');
  await managersPage.getByText('1 user', { exact: true }).waitFor();
  await eventually(async () =>
    expect(await managersPage.getByRole('button', { name: /^Edit / }).count()).toBe(0),
  );

  const again = await openEditDialog(page, 'Grace Hopper');
  await fillUser(again, { Role: 'Agent' });
  await again.getByRole('button', { name: 'Save Changes' }).click();
  await again.waitFor({ state: 'detached' });

  await searchBox(managersPage).fill('hopper');
  await managersPage.getByRole('heading', { name: 'You have no access to this page' }).waitFor();
});

test('nobody changes their own role, and their new name stands in the sidebar at once', async () => {
  const { page, dialog, save } = await edit('Ada Lovelace');
  expect(await fieldOf(dialog, 'Role').isDisabled()).toBe(true);
  await dialog.getByText('Nobody can change their own role.').waitFor();

  await fillUser(dialog, { 'First Name': 'Augusta Ada' });
  await save();

  await page.getByRole('complementary').getByText('Augusta Ada Lovelace').waitFor();
});
