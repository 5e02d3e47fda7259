import type { Page } from 'playwright-core';
import { scanQrCode } from './authenticator';
import { addColleague, setUpMfa } from './colleagues';
import { eventually } from './eventually';
import { useRolecall } from './harness';
import { expectFocus, pressOn, typeInto } from './keyboard';
import { enterCode, expectStep, setNewPassword, signInWith, WRONG_CODE } from './sign-in-form';
import { countRequests } from './user-form';

const rolecall = useRolecall();

const codeField = (page: Page) => page.getByLabel('Code from your authenticator app');

async function paste(page: Page, text: string) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+v');
}

test('says that a code is wrong, and takes the right one without a detour', async () => {
  const colleague = await addColleague(rolecall.url, 'Hedvig', { forceMfa: true });
  const { authenticator } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account');
  await signInWith(page, colleague.username, colleague.password);
  await expectStep(page, 'Confirm that it is you');

  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Enter the six digits of the code.').waitFor();
  await enterCode(page, authenticator.wrongCode());
  await page.getByText(WRONG_CODE).waitFor();
  expect(await codeField(page).getAttribute('aria-invalid')).toBe('true');
  await expectFocus(codeField(page));
  await page.keyboard.type(await authenticator.nextCode());

  await page.waitForURL('/account');
});

test('takes a code with a space in it, as apps show and copy them, and sends it once', async () => {
  const colleague = await addColleague(rolecall.url, 'Gina', { forceMfa: true });
  const { authenticator } = await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account', { permissions: ['clipboard-read', 'clipboard-write'] });
  await signInWith(page, colleague.username, colleague.password);
  await expectFocus(codeField(page));
  const answers = countRequests(page, 'AnswerSignInChallenge');

  const code = await authenticator.nextCode();
  await paste(page, `${code.slice(0, 3)} ${code.slice(3)}`);

  await page.waitForURL('/account');
  expect(answers()).toBe(1);
});

test('leaves only the digits of what is pasted', async () => {
  const colleague = await addColleague(rolecall.url, 'Molvik', { forceMfa: true });
  await setUpMfa(rolecall.url, colleague);
  const page = await rolecall.open('/account', { permissions: ['clipboard-read', 'clipboard-write'] });
  await signInWith(page, colleague.username, colleague.password);
  await expectFocus(codeField(page));

  await paste(page, ' 123 45');

  await eventually(async () => expect(await codeField(page).inputValue()).toBe('12345'));
});

test('tells password managers and phones what each field is for', async () => {
  const colleague = await addColleague(rolecall.url, 'Relling', { forcePasswordReset: true, forceMfa: true });
  const page = await rolecall.open('/sign-in');
  /** Also of fields that only password managers see. */
  const purposes = () =>
    page
      .locator('form input')
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('autocomplete')));

  await expectStep(page, 'Sign in');
  expect(await purposes()).toEqual(['username', 'current-password']);
  await signInWith(page, colleague.username, colleague.password);
  await expectStep(page, 'Set a new password');
  expect(await purposes()).toEqual(['username', 'new-password']);
  expect(await page.locator('form [autocomplete="username"]').inputValue()).toBe(colleague.username);
  await setNewPassword(page, 'Attic-Forest-1884');
  await expectStep(page, 'Set up two-factor authentication');
  expect(await purposes()).toEqual(['one-time-code']);
  const authenticator = await scanQrCode(page);
  await page.getByLabel('Code from the app').fill(await authenticator.nextCode());
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();

  await signInWith(page, colleague.username, 'Attic-Forest-1884');
  await expectStep(page, 'Confirm that it is you');
  expect(await purposes()).toEqual(['one-time-code']);
  expect(await codeField(page).getAttribute('inputmode')).toBe('numeric');
});

test('goes through all steps without a mouse', async () => {
  const { username, password } = await addColleague(rolecall.url, 'Petra', {
    forcePasswordReset: true,
    forceMfa: true,
  });
  const page = await rolecall.open('/account');
  await expectFocus(page.getByLabel('Username'));
  await page.keyboard.type(username);
  await typeInto(page, page.getByLabel('Password', { exact: true }), password);
  await page.keyboard.press('Enter');

  await expectFocus(page.getByLabel('New password', { exact: true }));
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expectFocus(page.getByLabel('New password', { exact: true }));
  await page.keyboard.type('Attic-Forest-1884');
  await page.keyboard.press('Enter');

  await expectFocus(page.getByRole('heading', { name: 'Set up two-factor authentication' }));
  const authenticator = await scanQrCode(page);
  await typeInto(page, page.getByLabel('Code from the app'), await authenticator.nextCode());

  await expectFocus(page.getByRole('region', { name: 'Recovery codes' }));
  await pressOn(page, page.getByRole('button', { name: 'I have saved them' }));
  await page.waitForURL('/account');
  await expectFocus(page.getByRole('heading', { name: 'Your account' }));
});

test('starts over on demand, and when the sign-in took too long', async () => {
  const colleague = await addColleague(rolecall.url, 'Werle', { forcePasswordReset: true });
  const page = await rolecall.open('/account');
  await signInWith(page, colleague.username, colleague.password);
  await expectStep(page, 'Set a new password');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expectStep(page, 'Sign in');
  expect(await page.getByLabel('Username').inputValue()).toBe(colleague.username);
  await expectFocus(page.getByLabel('Password', { exact: true }));

  await signInWith(page, colleague.username, colleague.password);
  await page.route('**/graphql', (route) =>
    route.continue({
      postData: route
        .request()
        .postData()!
        .replace(/("challengeToken":")[^"]+/, '$1old'),
    }),
  );
  await setNewPassword(page, 'Attic-Forest-1884');

  await page.getByText('This sign-in has expired. Please start again with your password.').waitFor();
  await expectStep(page, 'Sign in');
});
