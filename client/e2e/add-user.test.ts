import { endOtherSessions, queryAs, trySignIn } from './api';
import { eventually } from './eventually';
import { useRolecall } from './harness';
import { ENDED, signInWith } from './sign-in-form';
import {
  countRequests,
  expectErrorAt,
  fieldOf,
  fillUser,
  invalidFields,
  isFocused,
  openAddDialog,
  typedInto,
  type TypedUser,
} from './user-form';
import { rowOf, searchFor, usernames } from './user-list';

const rolecall = useRolecall();

const person = (firstName: string, changes: Partial<TypedUser> = {}): TypedUser => ({
  'First Name': firstName,
  'Last Name': 'Gabler',
  Email: `${firstName.toLowerCase()}@example.com`,
  Password: 'Pistols-1890',
  Phone: '+47 22 00 00 00',
  Role: 'Supervisor',
  ...changes,
});

async function openDialog() {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openAddDialog(page);
  return { page, dialog, add: dialog.getByRole('button', { name: 'Add User' }) };
}

test('marks what is required and says at each field that it is missing', async () => {
  const { dialog, add } = await openDialog();
  const fields = ['First Name', 'Last Name', 'Email', 'Password', 'Phone', 'Role'];
  await dialog.getByText('Fields marked with * are required.').waitFor();
  expect(await dialog.getByTitle('Required').count()).toBe(fields.length);
  for (const label of fields) expect(await fieldOf(dialog, label).getAttribute('required')).not.toBeNull();

  await add.click();

  for (const label of fields.slice(0, -1)) await expectErrorAt(dialog, label, 'This field is required.');
  await expectErrorAt(dialog, 'Role', 'Choose a role.');
  expect(await isFocused(fieldOf(dialog, 'First Name'))).toBe(true);

  await fieldOf(dialog, 'First Name').fill('Hedda');
  expect(await invalidFields(dialog)).toEqual(fields.slice(1));
});

test('refuses a password that is too short or lacks a lowercase or an uppercase letter', async () => {
  const { dialog, add } = await openDialog();
  await fillUser(dialog, person('Hedda'));

  for (const password of ['Short', 'lowercase', 'UPPERCASE']) {
    await fillUser(dialog, { Password: password });
    await add.click();
    await expectErrorAt(dialog, 'Password', 'This password does not meet the rule below.');
    expect(await invalidFields(dialog)).toEqual(['Password']);
  }
});

test('offers the roles of the organization', async () => {
  const { dialog } = await openDialog();
  const { roles } = await queryAs<{ roles: { name: string }[] }>(
    rolecall.url,
    'admin@example.com',
    '{ roles { name } }',
  );

  const options = fieldOf(dialog, 'Role').locator('option:enabled');
  await eventually(async () => expect(await options.allInnerTexts()).toEqual(roles.map(({ name }) => name)));
  expect(roles.map(({ name }) => name).toSorted()).toEqual([
    'Administrator',
    'Agent',
    'Supervisor',
    'User Manager',
  ]);
});

test('shows what only the server knows at the field, and keeps what was typed', async () => {
  const { page, dialog, add } = await openDialog();
  const typed = person('Thea', { Email: 'ADMIN@Example.com', Phone: 'twelve' });
  await fillUser(dialog, typed);
  await dialog.getByLabel('Force reset password').check();

  await add.click();

  await expectErrorAt(dialog, 'Phone', 'phone number');
  typed.Phone = '+47 22 00 00 01';
  await fillUser(dialog, { Phone: typed.Phone });
  await add.click();
  await expectErrorAt(dialog, 'Email', 'This email is already in use.');
  expect(await invalidFields(dialog)).toEqual(['Email']);
  expect(await typedInto(dialog)).toEqual(typed);
  expect(await dialog.getByLabel('Force reset password').isChecked()).toBe(true);

  await fillUser(dialog, { Email: 'thea@example.com' });
  await add.click();
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'thea@example.com').waitFor();
});

test('shows the new user on top at once, without a reload, who can sign in', async () => {
  const { page, dialog, add } = await openDialog();
  let reloads = 0;
  page.on('framenavigated', () => (reloads += 1));
  await fillUser(dialog, person('Hedda'));

  await add.click();

  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Hedda Gabler was added.').waitFor();
  expect((await usernames(page))[0]).toBe('hedda@example.com');
  const cells = await rowOf(page, 'hedda@example.com').getByRole('cell').allInnerTexts();
  expect(cells.slice(3, 6).map((text) => text.trim())).toEqual(['+47 22 00 00 00', 'Supervisor', '—']);
  expect(await isFocused(page.getByRole('button', { name: 'Add New User' }))).toBe(true);
  expect(reloads).toBe(0);

  const herPage = await rolecall.open('/sign-in');
  await signInWith(herPage, 'hedda@example.com', 'Pistols-1890');
  await herPage.waitForURL('/admin');
  await herPage.getByRole('complementary').getByText('Hedda Gabler').waitFor();
});

test('makes a new user go through the steps that were forced', async () => {
  const { dialog, add } = await openDialog();
  await fillUser(dialog, person('Berte'));
  await dialog.getByLabel('Force reset password').check();
  await dialog.getByLabel('Force two factor authentication').check();

  await add.click();

  await dialog.waitFor({ state: 'detached' });
  expect(await trySignIn(rolecall.url, 'berte@example.com', 'Pistols-1890')).toEqual({
    steps: ['CHANGE_PASSWORD', 'SET_UP_MFA'],
  });
});

test('adds one user on a double click', async () => {
  const { page, dialog, add } = await openDialog();
  const requests = countRequests(page, 'CreateUser');
  await fillUser(dialog, person('Jorgen'));

  await add.dblclick();

  await dialog.waitFor({ state: 'detached' });
  expect(requests()).toBe(1);
  await searchFor(page, 'jorgen', 1);
});

test('keeps what was typed when the server cannot be reached, and sends it again', async () => {
  rolecall.allow(/ERR_CONNECTION_FAILED/);
  const { page, dialog, add } = await openDialog();
  const typed = person('Eilert');
  await fillUser(dialog, typed);
  await page.route('**/graphql', (route) => route.abort('connectionfailed'));

  await add.click();
  await dialog.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).waitFor();
  expect(await typedInto(dialog)).toEqual(typed);

  await page.unroute('**/graphql');
  await add.click();
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'eilert@example.com').waitFor();
});

test('opens again with what was typed, except the password, when the session has ended while typing', async () => {
  const { page, dialog, add } = await openDialog();
  const typed = person('Ejlert');
  await fillUser(dialog, typed);
  await fieldOf(dialog, 'Force reset password').check();
  await endOtherSessions(rolecall.url, 'admin@example.com');

  await add.click();
  await page.getByText(ENDED).waitFor();
  await signInWith(page, 'admin@example.com');

  await dialog.getByText('what you had typed when your session ended, except the password.').waitFor();
  expect(await typedInto(dialog)).toEqual({ ...typed, Password: '' });
  expect(await fieldOf(dialog, 'Force reset password').isChecked()).toBe(true);
  await fillUser(dialog, { Password: typed.Password });
  await add.click();
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'ejlert@example.com').waitFor();
});

test('asks before it throws away what was typed', async () => {
  const { page, dialog } = await openDialog();
  await fillUser(dialog, { 'First Name': 'Juliane' });

  await page.keyboard.press('Escape');
  await dialog.getByText('Discard what you have typed?').waitFor();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  expect(await fieldOf(dialog, 'First Name').inputValue()).toBe('Juliane');

  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.waitFor({ state: 'detached' });
  await searchFor(page, 'juliane', 0);
});

test('adds nobody on Cancel', async () => {
  const { page, dialog } = await openDialog();
  await fillUser(dialog, person('Diana'));

  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await dialog.waitFor({ state: 'detached' });
  await searchFor(page, 'diana', 0);
});
