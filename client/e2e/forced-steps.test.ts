import { readFileSync } from 'node:fs';
import { scanQrCode } from './authenticator';
import { addColleague, setUpMfa } from './colleagues';
import { useRolecall } from './harness';
import { enterCode, expectStep, setNewPassword, signInWith, signOut } from './sign-in-form';
import { fillUser, openAddDialog, openEditDialog } from './user-form';
import { expectCount, rowOf, searchFor } from './user-list';

const rolecall = useRolecall();

test('leads a new user through a new password and two-factor authentication, and in', async () => {
  const admin = await rolecall.open('/admin', { as: 'admin@example.com' });
  const dialog = await openAddDialog(admin);
  await fillUser(dialog, {
    'First Name': 'Berte',
    'Last Name': 'Gabler',
    Email: 'berte@example.com',
    Password: 'Pistols-1890',
    Phone: '+47 22 00 00 00',
    Role: 'Supervisor',
  });
  await dialog.getByLabel('Force reset password').check();
  await dialog.getByLabel('Force two factor authentication').check();
  await dialog.getByRole('button', { name: 'Add User' }).click();
  await dialog.waitFor({ state: 'detached' });

  const page = await rolecall.open('/admin?q=gabler', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await signInWith(page, 'berte@example.com', 'Pistols-1890');

  await expectStep(page, 'Set a new password');
  await page.getByText('Step 2 of 3').waitFor();
  await setNewPassword(page, 'Pistols-1890');
  await page.getByText('must differ').waitFor();
  await setNewPassword(page, 'Vine-Leaves-1890');

  await expectStep(page, 'Set up two-factor authentication');
  await page.getByText('Step 3 of 3').waitFor();
  const authenticator = await scanQrCode(page);
  expect(authenticator.account).toBe('berte@example.com');
  expect(authenticator.issuer).toBe('Example Company');
  const written = (await page.getByText('Secret:').locator('..').innerText()).replace(/^Secret:|\s/g, '');
  expect(written).toBe(authenticator.secret);
  await page.getByLabel('Code from the app').fill(await authenticator.nextCode());

  await expectStep(page, 'Save your recovery codes');
  const codes = await page
    .getByRole('region', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  await page.getByRole('button', { name: 'Copy the recovery codes' }).click();
  await page.getByText('Copied').first().waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the recovery codes' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('rolecall-recovery-codes.txt');
  const content = readFileSync(await file.path(), 'utf8');
  expect(content).toContain('berte@example.com');
  for (const code of codes) expect(content).toContain(code);

  await page.getByRole('button', { name: 'I have saved them' }).click();
  await page.waitForURL('/admin?q=gabler');
  await expectCount(page, 1);
  await rowOf(page, 'berte@example.com').getByText('Enabled', { exact: true }).waitFor();
  await page.goto('/account');
  await page.getByText('10 of 10 left').waitFor();
  for (const code of codes) expect(await page.getByText(code).count()).toBe(0);
});

test('asks for a code, and takes a recovery code once when the app is not at hand', async () => {
  const colleague = await addColleague(rolecall.url, 'Hjalmar', { forceMfa: true });
  const { authenticator, recoveryCodes } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account');

  await signInWith(page, colleague.username, colleague.password);
  await expectStep(page, 'Confirm that it is you');
  await page.getByText('Step 2 of 2').waitFor();
  await enterCode(page, await authenticator.nextCode());
  await page.getByText('10 of 10 left').waitFor();
  await signOut(page);

  const useRecoveryCode = async () => {
    await signInWith(page, colleague.username, colleague.password);
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCodes[0]!.toLowerCase());
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  await useRecoveryCode();
  await page.getByText('You signed in with a recovery code. 9 are left.').waitFor();
  await page.goto('/account');
  await page.getByText('9 of 10 left').waitFor();
  await signOut(page);

  await useRecoveryCode();
  await page.getByText('This recovery code is wrong or used.').waitFor();
  await page.getByRole('button', { name: 'Use a code from the app instead' }).click();
  await enterCode(page, await authenticator.nextCode());
  await page.waitForURL('/admin');
});

test('asks for a new setup instead of a code after an administrator has disabled two-factor authentication', async () => {
  const colleague = await addColleague(rolecall.url, 'Gregers', { forceMfa: true });
  const { authenticator: lost } = await setUpMfa(rolecall.url, colleague);
  const admin = await rolecall.open('/admin', { as: 'admin@example.com' });
  await searchFor(admin, colleague.username, 1);
  const dialog = await openEditDialog(admin, colleague.name);
  await fillUser(dialog, { Password: 'Thirteenth-1884' });
  await dialog.getByRole('button', { name: 'Disable two factor authentication' }).click();
  await dialog.getByText(`Two-factor authentication is disabled for ${colleague.name}`).waitFor();

  const page = await rolecall.open('/account');
  await signInWith(page, colleague.username, 'Thirteenth-1884');
  await expectStep(page, 'Set up two-factor authentication');
  const authenticator = await scanQrCode(page);
  expect(authenticator.secret).not.toBe(lost.secret);
  await page.getByLabel('Code from the app').fill(await authenticator.nextCode());
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await page.getByText('10 of 10 left').waitFor();
});
