import type { Page } from 'playwright-core';
import { addColleague, setUpMfa, type Colleague } from './colleagues';
import { useRolecall } from './harness';
import { enterCode, signInWith, signOut, WRONG_CODE } from './sign-in-form';

const rolecall = useRolecall();

async function signInWithRecoveryCode(page: Page, { username, password }: Colleague, code: string) {
  await signInWith(page, username, password);
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel('Recovery code').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('replaces the recovery codes, with a code; the old ones stop working', async () => {
  const colleague = await addColleague(rolecall.url, 'Aline', { forceMfa: true });
  const { authenticator, recoveryCodes: old } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account');
  await signInWithRecoveryCode(page, colleague, old[0]!);
  await page.getByText('9 of 10 left').waitFor();

  await page.getByRole('button', { name: 'Replace codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace your recovery codes?' });
  await enterCode(page, authenticator.wrongCode());
  await dialog.getByRole('button', { name: 'Replace codes' }).click();
  await dialog.getByText(WRONG_CODE).waitFor();
  await enterCode(page, await authenticator.nextCode());
  await dialog.getByRole('button', { name: 'Replace codes' }).click();

  const sheet = page.getByRole('dialog', { name: 'Save your recovery codes' });
  await sheet.waitFor();
  const fresh = await sheet.getByRole('listitem').allInnerTexts();
  expect(new Set([...old, ...fresh]).size).toBe(20);
  await page.keyboard.press('Escape');
  expect(await sheet.isVisible()).toBe(true);
  await sheet.getByRole('button', { name: 'I have saved them' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByText('10 of 10 left').waitFor();
  await signOut(page);

  await signInWithRecoveryCode(page, colleague, old[1]!);
  await page.getByText('This recovery code is wrong or used.').waitFor();
  await page.getByLabel('Recovery code').fill(fresh[0]!);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('You signed in with a recovery code. 9 are left.').waitFor();
});

test('says that it is time for new recovery codes when few are left', async () => {
  const colleague = await addColleague(rolecall.url, 'Brack', { forceMfa: true });
  const { recoveryCodes } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account');
  for (const code of recoveryCodes.slice(0, 6)) {
    await signInWithRecoveryCode(page, colleague, code);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await signOut(page);
    await page.goto('/account');
  }

  await signInWithRecoveryCode(page, colleague, recoveryCodes[6]!);

  await page.getByText('3 are left. Replace them on your account page.').waitFor();
  await page.getByRole('alert').getByText('Only 3 recovery codes left.').waitFor();
});

test('offers no way to turn off two-factor authentication that is required, and says who requires it', async () => {
  const colleague = await addColleague(rolecall.url, 'Tesman', { forceMfa: true });
  const { recoveryCodes } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account');
  await signInWithRecoveryCode(page, colleague, recoveryCodes[0]!);

  await page.getByText('Required by an administrator, so it cannot be turned off').waitFor();
  expect(await page.getByRole('button', { name: 'Turn off' }).count()).toBe(0);
});
