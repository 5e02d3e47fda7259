import { scanQrCode } from './authenticator';
import { addColleague } from './colleagues';
import { useRolecall } from './harness';
import { expectPresentable, LOOKS, optionsOf } from './looks';
import { linkIn, mailsTo } from './mailbox';
import { enterCode, expectStep, setNewPassword, signInWith, WRONG_CODE } from './sign-in-form';

const rolecall = useRolecall();

describe.each(LOOKS)('in $colorScheme colors, $width pixels wide', (look) => {
  const nameWith = (beginning: string) => `${beginning}-${look.colorScheme}-${look.width}`;

  test('every step of signing in is accessible', async () => {
    const { username, password } = await addColleague(rolecall.url, nameWith('Asta'), {
      forcePasswordReset: true,
      forceMfa: true,
    });
    const page = await rolecall.open('/account', optionsOf(look));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Enter your username.').waitFor();
    await expectPresentable(page);
    await signInWith(page, username, password);

    await expectStep(page, 'Set a new password');
    await expectPresentable(page);
    await setNewPassword(page, 'lower');
    await page.getByText('This password does not meet the rule below.').waitFor();
    await page.getByText('Strength:').waitFor();
    await expectPresentable(page);
    await setNewPassword(page, 'Little-Eyolf-1894');

    await expectStep(page, 'Set up two-factor authentication');
    const authenticator = await scanQrCode(page);
    await expectPresentable(page);
    await page.getByLabel('Code from the app').fill(authenticator.wrongCode());
    await page.getByText(WRONG_CODE).waitFor();
    await expectPresentable(page);
    await page.getByLabel('Code from the app').fill(await authenticator.nextCode());

    await expectStep(page, 'Save your recovery codes');
    await expectPresentable(page);
    const codes = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem');
    const recoveryCode = await codes.first().innerText();
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await page.getByText('10 of 10 left').waitFor();

    const again = await rolecall.open('/account', optionsOf(look));
    await signInWith(again, username, 'Little-Eyolf-1894');
    await expectStep(again, 'Confirm that it is you');
    await expectPresentable(again);
    await enterCode(again, authenticator.wrongCode());
    await again.getByText(WRONG_CODE).waitFor();
    await expectPresentable(again);
    await again.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await expectPresentable(again);
    await again.getByLabel('Recovery code').fill(recoveryCode);
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.getByText('You signed in with a recovery code.').waitFor();
    await expectPresentable(again);
  });

  test('the way to a new password is accessible', async () => {
    const { username } = await addColleague(rolecall.url, nameWith('Rita'));
    const page = await rolecall.open('/sign-in?forgot', optionsOf(look));
    await expectStep(page, 'Forgotten password');
    await expectPresentable(page);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Enter your username.').waitFor();
    await expectPresentable(page);
    await page.getByLabel('Username').fill(username);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('a mail with a link is on its way').waitFor();
    await expectPresentable(page);

    const [mail] = await mailsTo(rolecall.mailFolder, username, 'password_reset');
    await page.goto(linkIn(mail!));
    await expectStep(page, 'Set a new password');
    await expectPresentable(page);
    await setNewPassword(page, 'Little-Eyolf-1894');
    await page.getByText('Your new password is set.').waitFor();
    await expectPresentable(page);
    await page.goto('/reset-password');
    await expectStep(page, 'This link does not work');
    await expectPresentable(page);
  });
});
