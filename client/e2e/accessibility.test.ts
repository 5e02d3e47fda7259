import { expectAccessible, useRolecall } from './harness';
import { expectPresentable, LOOKS, optionsOf } from './looks';
import { signInWith, WRONG_CREDENTIALS } from './sign-in-form';
import { fillUser, openAddDialog, openEditDialog, showLastRows } from './user-form';
import { expectCount } from './user-list';

const rolecall = useRolecall();

/** Each look has its own user to change. */
const NAMES = ['Edsger Dijkstra', 'Leslie Lamport', 'Dennis Ritchie', 'Bob Kahn'] as const;
const looks = LOOKS.map((look, index) => ({ ...look, name: NAMES[index]! }));

describe.each(looks)('in $colorScheme colors, $width pixels wide', ({ name, ...size }) => {
  const look = optionsOf(size);

  test('signing in is accessible', async () => {
    const page = await rolecall.open('/admin', look);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);

    await signInWith(page, 'agent@example.com', 'Wrong-2026');
    await page.getByText(WRONG_CREDENTIALS).waitFor();
    await expectAccessible(page);

    await signInWith(page, 'agent@example.com');
    await page.getByRole('heading', { name: 'You have no access to this page' }).waitFor();
    await expectAccessible(page);
  });

  test('the list is accessible, also when there is nothing to show', async () => {
    rolecall.allow(/status of 400|ERR_FAILED/);
    const page = await rolecall.open('/admin?sort=lastName&dir=asc&size=25', {
      as: 'admin@example.com',
      ...look,
    });
    await expectCount(page, 60);
    await expectAccessible(page);

    await page.goto('/admin?q=nobody-at-all');
    await page.getByRole('heading', { name: 'No user matches “nobody-at-all”' }).waitFor();
    await expectAccessible(page);

    await page.goto('/admin?after=tampered&size=25');
    await page.getByRole('heading', { name: 'This page of the list does not exist' }).waitFor();
    await expectAccessible(page);

    await page.goto('/admin/nowhere');
    await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
    await expectAccessible(page);

    await page.route('**/graphql', (route) => route.abort());
    await page.goto('/admin');
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
    await expectAccessible(page);
  });

  test('the dialogs are accessible', async () => {
    const page = await rolecall.open('/admin?size=25', { as: 'admin@example.com', ...look });
    const add = await openAddDialog(page);
    await expectAccessible(page);
    await fillUser(add, { 'First Name': 'Hedda' });
    await add.getByRole('button', { name: 'Add User' }).click();
    await add.getByText('This field is required.').first().waitFor();
    await page.keyboard.press('Escape');
    await add.getByText('Discard what you have typed?').waitFor();
    await expectAccessible(page);
    await add.getByRole('button', { name: 'Discard' }).click();

    const edit = await openEditDialog(page, name);
    await showLastRows(edit);
    await expectPresentable(page);
    await fillUser(edit, { Password: 'Paxos-1989', Phone: '+1 202 555 0999' });
    await edit.getByRole('button', { name: 'Disable two factor authentication' }).waitFor();
    await expectAccessible(page);
    await showLastRows(edit);
    await expectPresentable(page);
    await edit.getByRole('button', { name: 'Sign out everywhere' }).click();
    const question = page.getByRole('alertdialog', { name: `Sign ${name} out everywhere?` });
    await question.waitFor();
    await expectPresentable(page);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await edit.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText(`The changes to ${name} were saved.`).waitFor();

    await page.getByRole('button', { name: `Disable ${name}` }).click();
    await page.getByRole('button', { name: 'Disable User' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Disable User' }).click();
    await page.getByRole('button', { name: 'Close' }).waitFor();
    await expectAccessible(page);
  });
});
