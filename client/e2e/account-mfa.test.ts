import { scanQrCode } from './authenticator';
import { addColleague, openAs } from './colleagues';
import { useRolecall } from './harness';
import { expectFocus } from './keyboard';
import { expectErrorAt, fieldOf } from './user-form';

const rolecall = useRolecall();

test('sets up two-factor authentication with the password and a code, and turns it off again', async () => {
  const colleague = await addColleague(rolecall.url, 'Hilde');
  const page = await openAs(rolecall, colleague, '/account');
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up two-factor authentication' });
  const go = dialog.getByRole('button', { name: 'Continue' });
  await go.click();
  await expectErrorAt(dialog, 'Your password', 'Enter your password.');
  await fieldOf(dialog, 'Your password').fill('Not-Mine-1888');
  await go.click();
  await expectErrorAt(dialog, 'Your password', 'This password is wrong.');
  expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);
  await fieldOf(dialog, 'Your password').fill(colleague.password);
  await go.click();

  const authenticator = await scanQrCode(dialog);
  expect(authenticator.account).toBe(colleague.username);
  await expectFocus(dialog.getByLabel('Code from the app'));
  await dialog.getByLabel('Code from the app').fill(await authenticator.nextCode());
  await page.getByRole('dialog', { name: 'Save your recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await page.getByText('10 of 10 left').waitFor();

  await page.getByRole('button', { name: 'Turn off' }).click();
  const off = page.getByRole('dialog', { name: 'Turn off two-factor authentication?' });
  await fieldOf(off, 'Your password').fill(colleague.password);
  await off.getByLabel('Code from your authenticator app').fill(await authenticator.nextCode());
  await off.getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Two-factor authentication is off.').waitFor();
  await page.getByRole('button', { name: 'Set up' }).waitFor();
});

test('leaves everything as it is when setting it up is called off', async () => {
  const colleague = await addColleague(rolecall.url, 'Ragnar');
  const page = await openAs(rolecall, colleague, '/account');
  const opener = page.getByRole('button', { name: 'Set up' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Set up two-factor authentication' });
  await fieldOf(dialog, 'Your password').fill(colleague.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('img', { name: /QR code/ }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(opener);
});
