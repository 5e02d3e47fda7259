import { scanQrCode } from './authenticator';
import { addColleague, setUpMfa, openAs } from './colleagues';
import { useRolecall } from './harness';
import { expectPresentable, LOOKS, optionsOf } from './looks';
import { enterCode, signInWith, WRONG_CODE } from './sign-in-form';
import { fieldOf } from './user-form';

const rolecall = useRolecall();

describe.each(LOOKS)('in $colorScheme colors, $width pixels wide', (look) => {
  const nameWith = (beginning: string) => `${beginning}-${look.colorScheme}-${look.width}`;

  test('the account page and its dialogs are accessible', async () => {
    const colleague = await addColleague(rolecall.url, nameWith('Irene'));
    await openAs(rolecall, colleague, '/account');
    const page = await openAs(rolecall, colleague, '/account', optionsOf(look));
    await page.getByRole('button', { name: 'End all others' }).waitFor();
    await expectPresentable(page);
    await page.getByLabel('Phone').fill('twelve');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await expectPresentable(page);

    await page.getByRole('button', { name: 'Change password' }).click();
    const change = page.getByRole('dialog', { name: 'Change your password' });
    await expectPresentable(page);
    await fieldOf(change, 'New password').fill('lower');
    await change.getByRole('button', { name: 'Change password' }).click();
    await change.getByText('Strength:').waitFor();
    await change.getByText('Enter your current password.').waitFor();
    await expectPresentable(page);
    await page.keyboard.press('Escape');

    for (const opener of ['End the session of Chrome on Linux', 'End all others']) {
      await page.getByRole('button', { name: opener }).click();
      await page.getByRole('alertdialog').waitFor();
      await expectPresentable(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
    }
  });

  test('two-factor authentication on the account page and its dialogs are accessible', async () => {
    const colleague = await addColleague(rolecall.url, nameWith('Maja'), { forceMfa: true });
    const { authenticator } = await setUpMfa(rolecall.url, colleague);
    const page = await rolecall.open('/account', optionsOf(look));
    await signInWith(page, colleague.username, colleague.password);
    await enterCode(page, await authenticator.nextCode());
    await page.getByText('10 of 10 left').waitFor();
    await expectPresentable(page);

    await page.getByRole('button', { name: 'Replace codes' }).click();
    const replace = page.getByRole('dialog', { name: 'Replace your recovery codes?' });
    await expectPresentable(page);
    await enterCode(page, authenticator.wrongCode());
    await replace.getByRole('button', { name: 'Replace codes' }).click();
    await replace.getByText(WRONG_CODE).waitFor();
    await expectPresentable(page);
    await enterCode(page, await authenticator.nextCode());
    await replace.getByRole('button', { name: 'Replace codes' }).click();
    await page.getByRole('dialog', { name: 'Save your recovery codes' }).waitFor();
    await expectPresentable(page);
  });

  test('setting up two-factor authentication and turning it off again is accessible', async () => {
    const colleague = await addColleague(rolecall.url, nameWith('Ulfhejm'));
    const page = await openAs(rolecall, colleague, '/account', optionsOf(look));
    await page.getByRole('button', { name: 'Set up' }).click();
    const setUp = page.getByRole('dialog', { name: 'Set up two-factor authentication' });
    await expectPresentable(page);
    await setUp.getByRole('button', { name: 'Continue' }).click();
    await setUp.getByText('Enter your password.').waitFor();
    await expectPresentable(page);
    await fieldOf(setUp, 'Your password').fill(colleague.password);
    await setUp.getByRole('button', { name: 'Continue' }).click();
    const authenticator = await scanQrCode(setUp);
    await expectPresentable(page);
    await setUp.getByLabel('Code from the app').fill(await authenticator.nextCode());
    await page.getByRole('button', { name: 'I have saved them' }).click();

    await page.getByRole('button', { name: 'Turn off' }).click();
    const off = page.getByRole('dialog', { name: 'Turn off two-factor authentication?' });
    await expectPresentable(page);
    await off.getByRole('button', { name: 'Turn off' }).click();
    await off.getByText('Enter your password.').waitFor();
    await expectPresentable(page);
  });
});
