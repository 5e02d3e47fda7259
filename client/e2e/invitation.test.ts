import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { addColleague, type Colleague } from './colleagues';
import { useRolecall } from './harness';
import { linkIn, mailsTo } from './mailbox';
import { expectStep } from './sign-in-form';
import { fillUser, openAddDialog, openEditDialog } from './user-form';
import { searchFor } from './user-list';

const rolecall = useRolecall();

async function invitationOf(page: Page, { username, name }: Pick<Colleague, 'username' | 'name'>) {
  await page.goto('/admin');
  await searchFor(page, username, 1);
  const dialog = await openEditDialog(page, name);
  return dialog.getByText('Invitation', { exact: true }).locator('..');
}

test('invites a new user by a mail whose link fills in the username', async () => {
  const admin = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openAddDialog(admin);
  await fillUser(dialog, {
    'First Name': 'Rebekka',
    'Last Name': 'West',
    Email: 'rebekka+west@example.com',
    Password: 'White-Horses-1886',
    Phone: '+47 22 00 00 11',
    Role: 'Supervisor',
  });
  await dialog.getByRole('button', { name: 'Add User' }).click();
  await dialog.waitFor({ state: 'detached' });
  const rebekka = { username: 'rebekka+west@example.com', name: 'Rebekka West' };
  await (await invitationOf(admin, rebekka)).getByText('Sent just now').waitFor();

  const [mail] = await mailsTo(rolecall.mailFolder, rebekka.username, 'invitation');
  expect(mail!.raw).not.toContain('White-Horses-1886');
  const page = await rolecall.open(linkIn(mail!));
  await expectStep(page, 'Sign in');
  expect(await page.getByLabel('Username').inputValue()).toBe(rebekka.username);
  await page.keyboard.type('White-Horses-1886');
  await page.keyboard.press('Enter');
  await page.waitForURL('/admin');

  const invitation = await invitationOf(admin, rebekka);
  await invitation.getByText('Accepted: the user has signed in').waitFor();
  expect(await invitation.getByRole('button').count()).toBe(0);
});

test('shows that an invitation waits, and sends it again on demand', async () => {
  // A file in the place of the folder: no mail can be written.
  rmSync(rolecall.mailFolder, { recursive: true, force: true });
  writeFileSync(rolecall.mailFolder, '');
  const rosmer = await addColleague(rolecall.url, 'Rosmer');
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const invitation = await invitationOf(page, rosmer);
  await invitation.getByText('Queued just now').waitFor();

  rmSync(rolecall.mailFolder);
  mkdirSync(rolecall.mailFolder);
  await invitation.getByRole('button', { name: 'Resend invitation' }).click();
  await invitation.getByText('Sent just now').waitFor();
  await mailsTo(rolecall.mailFolder, rosmer.username, 'invitation', 1);

  await invitation.getByRole('button', { name: 'Resend invitation' }).click();
  const mails = await mailsTo(rolecall.mailFolder, rosmer.username, 'invitation', 2);
  expect(linkIn(mails[1]!)).toBe(linkIn(mails[0]!));
});
